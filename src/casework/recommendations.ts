import type { Part } from '../access/fields.ts'
import type { Case } from '../domain/case.ts'
import { inWords } from '../domain/plain-date.ts'
import { type Result, refuse } from '../domain/problem.ts'
import type { Finding, Recommendation } from '../domain/recommendation.ts'
import type { Told } from '../domain/told.ts'
import { recommend } from '../recommend/recommend.ts'
import { whatChanged } from '../recommend/what-changed.ts'
import { restoreRuleSet } from '../rules/kept-rule-set.ts'
import { absent, accessFor, type Deps, done, type Outcome, type Request } from './casework.ts'
import type { Access, RecommendationEntry } from './ports.ts'
import { erased, partsOf, reach } from './reach.ts'
import { digestOfRecommendation } from './run-rules.ts'
import type { explained, recommendationRow } from './shapes/recommendation.ts'
import { isUnsealed } from './shown-answers.ts'

/** A recommendation of a case, without what it says. */
export type RecommendationRow = Told<typeof recommendationRow>

/** A recommendation with its findings, and whether they are those of its day. */
export type ExplainedRecommendation = Told<typeof explained>

const asRow = ({ id, asAt, at, status, ruleSet, digest }: RecommendationEntry) => ({
  id,
  asAt,
  at,
  status,
  ruleSet,
  digest,
})

/** Every recommendation of a case, oldest first. The reading is logged. */
export async function recommendations(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<readonly RecommendationRow[]>> {
  const opened = await open(deps, request, id)
  if (!opened.ok) return opened
  const file = await deps.store.read(id, ['recommendations'], opened.value)
  return file ? done(file.recommendations.map(asRow)) : absent
}

/**
 * The latest recommendation, explained: its findings are made again with the rules and the facts of
 * its day, whatever the rules say now, and compared with what was given then.
 */
export async function latestRecommendation(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<ExplainedRecommendation>> {
  const opened = await open(deps, request, id)
  if (!opened.ok) return opened
  const file = await deps.store.read(id, ['recommendation', 'answers'], opened.value)
  const entry = file?.recommendation
  if (!file || !entry) return absent
  const { recommendation, ...proof } = await madeAgain(deps, entry)
  const parts = partsOf(request.caller, file.row)
  const sealed = isUnsealed(parts, request.purpose)
    ? []
    : file.answers.filter((one) => one.sealed).map(({ fact }) => fact)
  return done({
    ...asRow(entry),
    recommendation: asSeen(recommendation, parts, sealed),
    madeAgain: proof,
  })
}

/**
 * What changed from one recommendation of a case to another, as data and in sentences.
 * @param before the id of the earlier one; the last but one when left out
 * @param after the id of the later one; the latest when left out
 */
export async function compareRecommendations(
  deps: Deps,
  request: Request,
  id: string,
  before?: string,
  after?: string,
): Promise<Outcome<ReturnType<typeof whatChanged> & { before: string; after: string }>> {
  const opened = await open(deps, request, id)
  if (!opened.ok) return opened
  const file = await deps.store.read(id, ['recommendations'], opened.value)
  const all = file?.recommendations ?? []
  const one = before === undefined ? all.at(-2) : all.find((each) => each.id === before)
  const other = after === undefined ? all.at(-1) : all.find((each) => each.id === after)
  if (!one || !other) return absent
  return done({ before: one.id, after: other.id, ...whatChanged(one.summary, other.summary) })
}

/** What the access log keeps of the reading, where the caller may read. */
async function open(deps: Deps, request: Request, id: string): Promise<Outcome<Access>> {
  const reached = await reach(deps, request.caller, id, 'case.read-recommendation')
  if (!reached.ok) return reached
  const { actor, row } = reached.value
  const gone = erased(row)
  if (gone) return gone
  const unsealed = isUnsealed(partsOf(request.caller, row), request.purpose)
  const action = unsealed ? 'sealed.read' : 'case.read-recommendation'
  return done(accessFor(deps, request, actor, action))
}

type Again = { recommendation: Recommendation; same: boolean; says: string }

async function madeAgain(deps: Deps, entry: RecommendationEntry): Promise<Again> {
  const day = inWords(entry.asAt)
  const asGiven = { ...entry.summary, findings: [] }
  const made = await remake(deps, entry)
  const shown = `What was given on ${day} is shown, without its findings. Have the record checked.`
  if (!made.ok) {
    const why = made.problems.map(({ message }) => message).join(' ')
    return {
      recommendation: asGiven,
      same: false,
      says: `The recommendation cannot be made again. ${why} ${shown}`,
    }
  }
  if (digestOfRecommendation(made.value) !== entry.digest)
    return {
      recommendation: asGiven,
      same: false,
      says: `Made again with the rules and the facts of ${day}, the recommendation is another one. ${shown}`,
    }
  return {
    recommendation: made.value,
    same: true,
    says: `Made again with the rules and the facts of ${day}, it is the same, letter for letter.`,
  }
}

async function remake(
  { store, evaluate }: Deps,
  { ruleSet, given, asAt }: RecommendationEntry,
): Promise<Result<Recommendation>> {
  const text = await store.ruleSet(ruleSet)
  if (text === undefined) return refuse({ message: `The rule set ${ruleSet} is not kept.` })
  const restored = restoreRuleSet(text, ruleSet)
  return restored.ok ? recommend(restored.value, given as Case, asAt, evaluate) : restored
}

/**
 * A recommendation as its reader sees it: without what a rule looked at where that is about a victim
 * or sealed to the reader, and without the words of why something is not known.
 */
function asSeen(
  recommendation: Recommendation,
  parts: ReadonlySet<Part>,
  sealed: readonly string[],
): Recommendation {
  const words = (fact: string) =>
    parts.has(fact.startsWith('victim.') ? 'victim' : 'words') && !sealed.includes(fact)
  const seen = (one: Finding): Finding => {
    if (one.victims.length > 0 && !parts.has('victim'))
      return keptApart(one, 'What it looked at is about a victim, and is kept apart from the case.')
    return one.tests.some((test) => looksAt(test, sealed))
      ? keptApart(one, 'Some of what it looked at is sealed: it is shown to few, with a purpose.')
      : one
  }
  return {
    ...recommendation,
    needToKnow: recommendation.needToKnow.map(({ because, ...one }) =>
      because === undefined || !words(one.fact) ? one : { ...one, because },
    ),
    findings: recommendation.findings.map(seen),
  }
}

const looksAt = (test: Finding['tests'][number], facts: readonly string[]): boolean =>
  test.kind === 'leaf'
    ? facts.includes(test.fact)
    : test.tests.some((inner) => looksAt(inner, facts))

const keptApart = (finding: Finding, says: string): Finding => ({
  ...finding,
  tests: [],
  explanation: [
    ...finding.explanation.slice(0, 1),
    says,
    ...finding.explanation.filter((line) => line.startsWith('Why it matters: ')),
  ],
})
