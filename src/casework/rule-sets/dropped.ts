import { statesOf } from '../../../machines/charts.ts'
import {
  type FactDefinition,
  fixedAnswersOf,
  isListFact,
  lookUp,
  misfit,
} from '../../domain/fact.ts'
import type { Actor } from '../../domain/roles.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import { accessFor, type Deps, type Request } from '../casework.ts'
import type { CaseQuery } from '../ports.ts'

/**
 * A question that is asked no more or takes another kind of answer; or, with `answers`, those of
 * its answers that are gone.
 */
export type Dropped = { fact: string; answers?: readonly string[] }

/**
 * What one version of the rules knows and another does not. In a running case such an answer stays
 * in the record, and the rules leave it out or take it as not known.
 */
export function droppedFrom(before: RuleSet, after: RuleSet): Dropped[] {
  const gone = Object.entries(before.policy.facts)
    // What comes from the partnership’s own file is never an answer of a case.
    .filter(([fact]) => !/^(parameter|provision)\./.test(fact))
    .flatMap(([fact, old]) => droppedOf(fact, old, lookUp(after.policy.facts, fact)))
  const codes = [...before.policy.offences.keys()].filter((one) => !after.policy.offences.has(one))
  const asked = lookUp(after.policy.facts, 'offence.code') !== undefined
  const offences = asked && codes.length > 0 ? [{ fact: 'offence.code', answers: codes }] : []
  return [...gone, ...offences].sort((one, other) => (one.fact < other.fact ? -1 : 1))
}

function droppedOf(fact: string, old: FactDefinition, now: FactDefinition | undefined): Dropped[] {
  if (!now) return [{ fact }]
  const fixed = fixedAnswersOf(old.answers)
  const list = isListFact(old.answers)
  if (!fixed) return sameKind(old, now) ? [] : [{ fact }]
  const answers = fixed.filter((one) => misfit(now.answers, list ? [one] : one, now.between))
  if (answers.length === 0) return []
  return answers.length === fixed.length ? [{ fact }] : [{ fact, answers }]
}

/** Numbers may be bounded anew: whatever was in bounds must be so still. */
function sameKind(old: FactDefinition, now: FactDefinition): boolean {
  if (JSON.stringify(old.answers) !== JSON.stringify(now.answers)) return false
  const [least, most] = old.between ?? [0, Number.MAX_SAFE_INTEGER]
  const [floor, top] = now.between ?? [0, Number.MAX_SAFE_INTEGER]
  return floor <= least && most <= top
}

const open = statesOf('referral').filter((state) => state !== 'closed')
const limit = 100

/**
 * How many cases of a partnership are open. What was answered in them is sealed with each child’s
 * key and not opened for this. Each case that is counted is logged, as in a list.
 */
export async function countOpenCases(
  deps: Pick<Deps, 'store' | 'now'>,
  request: Request,
  actor: Actor,
  partnership: string,
): Promise<number> {
  const access = accessFor(deps, request, actor, 'rule-set.read-versions')
  const scopes = [{ partnership }]
  let count = 0
  for (const state of open) {
    let after: CaseQuery['after'] | undefined
    do {
      const page = await deps.store.list(
        { scopes, state, limit, ...(after ? { after } : {}) },
        access,
      )
      count += page.filter(({ row }) => row.erasedAt === null).length
      const last = page.length === limit ? page.at(-1)?.row : undefined
      // The place alone: the list would be narrowed by whatever else stood there.
      after = last && { updatedAt: last.updatedAt, id: last.id }
    } while (after)
  }
  return count
}
