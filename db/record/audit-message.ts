import { serviceChain } from './chain.ts'
import { type CaseAndChild, casesOf, type RowOfLog } from './log.ts'
import type { RowOf } from './tables.ts'

type Told = Omit<RowOfLog, 'prev' | 'hash' | 'covers' | 'version' | 'purpose' | 'area'>

/**
 * The message that tells the audit service of His Majesty's Prison and Probation Service, or one
 * that takes the same form, of one reading or writing. In ids and codes alone; the purpose is in
 * words, and stays here. What is done to the service itself is nobody's record: of that, none.
 */
export function auditMessage(act: Told): Omit<RowOf<'outbox'>, 'seq' | 'deliveredAt'> | undefined {
  const { partnership, seq, at, person, role, agency, action, request } = act
  if (partnership === serviceChain) return undefined
  const cases = casesOf(act)
  const body = {
    what: action,
    who: person,
    when: at,
    service: 'waymark',
    ...subjectOf(cases, act.clinic),
    correlationId: request,
    details: JSON.stringify({ partnership, seq, role, agency, ...caseOrCases(cases) }),
  }
  // Made of the row it is about, so that who is told twice can tell.
  const id = `audit:${partnership}:${seq}`
  return { id, act: act.id, kind: 'audit', body: JSON.stringify(body), at }
}

/** One child, or one clinic; a page of a list is about several, which stand in the details. */
function subjectOf(cases: readonly CaseAndChild[], clinic: string | null) {
  const [one, ...more] = cases
  if (one && more.length === 0) return { subjectId: one[1], subjectType: 'CHILD' }
  if (clinic !== null) return { subjectId: clinic, subjectType: 'CLINIC' }
  return { subjectId: null, subjectType: 'CASES' }
}

const caseOrCases = (cases: readonly CaseAndChild[]) =>
  cases.length > 1
    ? { case: null, cases: cases.map(([of, child]) => ({ case: of, child })) }
    : { case: cases[0]?.[0] ?? null }
