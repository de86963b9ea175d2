import { eventSchema } from '../../domain/events.ts'
import type { Agency } from '../../domain/lists.ts'
import { type GivenAnswer, standingAfter, toEntries } from '../answers.ts'
import type { Act, Ready } from '../draft.ts'
import type { ChecklistAnswer, ChecklistEntry } from '../ports.ts'
import type { ChecklistInput } from './input.ts'
import type { Instrument } from './instruments.ts'
import { standing } from './shown.ts'

/** Every point that is answered: as it is filled in now, else as it was and still stands. */
export const merged = (
  { points }: Instrument,
  input: ChecklistInput,
  before: ChecklistEntry | undefined,
  { actor, deps, file }: Act,
): ChecklistAnswer[] =>
  points.flatMap((point): ChecklistAnswer[] => {
    const old = before?.answers.find((one) => one.point === point.id)
    const given = input.answers.find((one) => one.point === point.id)
    if (!given) return old && standing(point, before, file.answers) === old ? [old] : []
    const { suppliedBy = actor.agency, suppliedOn = deps.today() } = given
    const sealed = given.sealed ?? old?.sealed
    return [{ ...given, suppliedBy, suppliedOn, ...(sealed ? { sealed } : {}) }]
  })

/** The answers to facts that follow from a point, sealed as it is; sealed evidence stays in the form. */
export function factsOf(
  id: string,
  { points }: Instrument,
  input: ChecklistInput,
  { file, draft }: Act,
): GivenAnswer[] {
  const fact = points.find((point) => point.id === id)?.fact
  const given = input.answers.find(({ point }) => point === id)
  if (!fact || !given) return []
  const sealed = draft.checklists[0]?.answers.find(({ point }) => point === id)?.sealed
  const nearer = file.answers.filter((one) => one.fact === fact && one.about.what === 'offence')
  return [{ what: 'referral' as const }, ...nearer.map(({ about }) => about)].map((about) => ({
    about,
    fact,
    answer: given.answer === 'not-known' ? null : given.answer,
    ...(sealed || given.evidence === undefined ? {} : { evidence: given.evidence }),
    sealed: sealed === true,
    suppliedBy: given.suppliedBy,
  }))
}

/** Answers of this act, as entries that stand from now on. */
export function write(act: Act, given: readonly GivenAnswer[]): void {
  const { actor: by, at, deps, draft, ruleSet } = act
  const { facts } = ruleSet.policy
  const fresh = toEntries(given, act.answers, { by, at, newId: deps.newId, facts })
  draft.answers.push(...fresh)
  act.answers = standingAfter(act.answers, fresh)
}

/** One event for each agency that supplied something; the writer's names how far the form is. */
export function events({ draft, actor: by, at, deps }: Act, { progress }: Instrument): Ready {
  const facts = new Map<Agency, Set<string>>([[by.agency, new Set([progress])]])
  for (const { suppliedBy, fact } of draft.answers)
    facts.set(suppliedBy, (facts.get(suppliedBy) ?? new Set()).add(fact))
  return [...facts].map(([suppliedBy, all]) => ({
    id: deps.newId(),
    event: eventSchema.parse({ type: 'facts.recorded', by, at, facts: [...all], suppliedBy }),
  }))
}
