import { partsFor } from '../access/fields.ts'
import type { Case } from '../domain/case.ts'
import { inWords } from '../domain/plain-date.ts'
import { type Result, refuse } from '../domain/problem.ts'
import type { Finding, Recommendation } from '../domain/recommendation.ts'
import { recommend } from '../recommend/recommend.ts'
import { whatChanged } from '../recommend/what-changed.ts'
import { restoreRuleSet } from '../rules/kept-rule-set.ts'
import { absent, type Deps, done, type Outcome, type Request } from './casework.ts'
import type { Access, RecommendationEntry } from './ports.ts'
import { digestOfRecommendation } from './run-rules.ts'
import { reach, whereOf } from './view.ts'

/** A recommendation of a case, without what it says. */
export type RecommendationRow = Pick<
  RecommendationEntry,
  'id' | 'asAt' | 'at' | 'status' | 'ruleSet' | 'digest'
>

/** A recommendation with its findings, and whether they are those of its day. */
export type ExplainedRecommendation = RecommendationRow & {
  recommendation: Recommendation
  /** Where `same` is false, what was given then is shown without findings. */
  madeAgain: { same: boolean; says: string }
}

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
  const all = await deps.store.recommendations(id, opened.value)
  return done(all.map(asRow))
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
  const file = await deps.store.read(id, ['recommendation'], opened.value)
  const entry = file?.recommendation
  if (!file || !entry) return absent
  const again = await madeAgain(deps, entry)
  const seesVictims = partsFor(request.caller, whereOf(file.row)).has('victim')
  const { recommendation, ...proof } = again
  return done({
    ...asRow(entry),
    recommendation: seesVictims ? recommendation : withoutVictims(recommendation),
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
  const all = await deps.store.recommendations(id, opened.value)
  const one = before === undefined ? all.at(-2) : all.find((each) => each.id === before)
  const other = after === undefined ? all.at(-1) : all.find((each) => each.id === after)
  if (!one || !other) return absent
  return done({ before: one.id, after: other.id, ...whatChanged(one.summary, other.summary) })
}

/** What the access log keeps of the reading, where the caller may read. */
async function open(deps: Deps, request: Request, id: string): Promise<Outcome<Access>> {
  const reached = await reach(deps, request.caller, id, 'case.read-recommendation')
  if (!reached.ok) return reached
  const { requestId, purpose } = request
  const { actor } = reached.value
  return done({ actor, at: deps.now(), action: 'case.read-recommendation', requestId, purpose })
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

/** Victims are kept apart: what a rule looked at there is not shown with the rest of the case. */
const withoutVictims = (recommendation: Recommendation): Recommendation => ({
  ...recommendation,
  needToKnow: recommendation.needToKnow.map(({ because, ...one }) =>
    because === undefined || one.fact.startsWith('victim.') ? one : { ...one, because },
  ),
  findings: recommendation.findings.map((one) => (one.victims.length > 0 ? keptApart(one) : one)),
})

const keptApart = (finding: Finding): Finding => ({
  ...finding,
  tests: [],
  explanation: [
    ...finding.explanation.slice(0, 1),
    'What it looked at is about a victim, and is kept apart from the case.',
    ...finding.explanation.filter((line) => line.startsWith('Why it matters: ')),
  ],
})
