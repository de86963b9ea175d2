import { fixedAnswersOf, lookUp } from '../../domain/fact.ts'
import type { Told } from '../../domain/told.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import type { AnswerEntry, ChecklistAnswer, ChecklistEntry } from '../ports.ts'
import type { point } from '../shapes/forms.ts'
import type { Instrument, Point } from './instruments.ts'
import { requirementsFor, type Summary } from './which-applies.ts'

/** A point as its reader sees it. */
export type ShownPoint = Told<typeof point>

type Look = {
  instrument: Instrument
  entry: ChecklistEntry | undefined
  answers: readonly AnswerEntry[]
  summary: Summary
  ruleSet: RuleSet
  /** Whether the reader sees what was sealed. */
  unsealed: boolean
  /** Whether the reader sees what answers that were recorded outside the form rest on. */
  words: boolean
}

/** Every point of a form in its order, with what is known and what is missing. */
export const shownPoints = (look: Look): ShownPoint[] =>
  look.instrument.points.map((point) => shown(point, look))

function shown(point: Point, look: Look): ShownPoint {
  const { ruleSet, summary, unsealed } = look
  const fact = point.fact ? lookUp(ruleSet.policy.facts, point.fact) : undefined
  const asked = requirementsFor(point, summary)
  const states = asked.map(({ state }) => state)
  const given = point.keptWith ? undefined : standing(point, look.entry, look.answers)
  const closed = given?.sealed === true && !unsealed
  const whoCouldTell =
    asked[0]?.of ?? fact?.answered_by ?? look.instrument.writtenBy ?? 'youth-justice'
  const state = point.number === undefined ? ownState(given) : worst(states)
  const says = lacking(point, state, given, closed)
  return {
    point: point.id,
    title: point.title,
    question: fact?.ask ?? 'How far is this section? Its questions stand in the form itself.',
    answers: answersTo(point, look),
    confirmed: point.confirmed,
    state,
    ...(given && !closed ? open(given, look) : {}),
    ...(given?.sealed ? { sealed: true } : {}),
    ...(says ? { missing: { says, whoCouldTell } } : {}),
  }
}

/** What a point may be answered with: the answers of its fact, or its own. */
export function answersTo(point: Point, { ruleSet }: Pick<Look, 'ruleSet'>): readonly string[] {
  if (point.keptWith) return []
  const fact = point.fact ? lookUp(ruleSet.policy.facts, point.fact) : undefined
  return point.answers ?? [...((fact && fixedAnswersOf(fact.answers)) ?? []), 'not-known']
}

const worst = (states: readonly ShownPoint['state'][]): ShownPoint['state'] =>
  (['outstanding', 'cannot-tell', 'done'] as const).find((one) => states.includes(one)) ??
  'not-asked'

const ownState = (given: ChecklistAnswer | undefined): ShownPoint['state'] =>
  given?.answer === 'complete' || given?.answer === 'does-not-apply' ? 'done' : 'outstanding'

/** The form is read whole by whoever may read it; words that stand elsewhere are not part of it. */
function open(given: ChecklistAnswer, { entry, words }: Look) {
  const { answer, evidence, suppliedBy, suppliedOn } = given
  const readable = words || entry?.answers.includes(given)
  return {
    answer,
    suppliedBy,
    ...(evidence !== undefined && readable ? { evidence } : {}),
    ...(suppliedOn === undefined ? {} : { suppliedOn }),
  }
}

function lacking(
  { keptWith }: Point,
  state: ShownPoint['state'],
  given: ChecklistAnswer | undefined,
  closed: boolean,
): string | undefined {
  if (closed) return 'This point is sealed: it is shown to few, and only with a reason.'
  if (state === 'not-asked') return undefined
  if (keptWith && state !== 'done') return 'Not recorded yet. It is recorded with the victim.'
  if (keptWith) return undefined
  if (given === undefined) return 'Nobody has answered this yet.'
  if (given.answer === 'not-known') return 'It was asked, and the answer is not known.'
  if (state !== 'done') return 'It was answered, and it is not all there yet.'
  return given.evidence === undefined ? 'Nothing says what the answer rests on.' : undefined
}

/**
 * The answer to a point that stands: what the form says, or a later answer to its fact, which may
 * have been recorded elsewhere. The rules read facts, so where the two differ the fact is shown.
 */
export function standing(
  point: Point,
  entry: ChecklistEntry | undefined,
  answers: readonly AnswerEntry[],
): ChecklistAnswer | undefined {
  const written = entry?.answers.find((one) => one.point === point.id)
  const fact = answers
    .filter((one) => one.fact === point.fact)
    .sort((one, other) => (one.at < other.at ? 1 : -1))[0]
  if (!fact) return written
  const answer = fact.answer === null ? 'not-known' : String(fact.answer)
  if (written?.answer === answer)
    return fact.sealed && !written.sealed ? { ...written, sealed: true } : written
  const { evidence, suppliedBy, at, sealed } = fact
  return { point: point.id, answer, evidence, suppliedBy, suppliedOn: at.slice(0, 10), sealed }
}
