import type { Role } from '../domain/roles.ts'
import { type Caller, covers, type Where } from './caller.ts'
import { closedOnly } from './policy.ts'
import { deciders, managers } from './role-groups.ts'

/** The parts of what is kept of a case. An answer holds those its reader may see, and no other. */
export const parts = {
  identity: 'the child’s name and date of birth, and what they can be told from',
  facts: 'the questions that were answered and how, but for those that are protected',
  protected: 'ethnicity and the other answers that are recorded to watch for unfairness',
  words: 'what people wrote: notes, reasons, what an answer rests on, what the child said',
  recommendation: 'what the rules say is open, and why',
  decision: 'what was decided, and what stands of it, in codes and days',
  conditions: 'what the child is asked to do, in the words it was agreed in',
  'victim-views': 'what a victim thinks should happen',
  victim: 'everything else that is kept of a victim',
  sealed: 'what was sealed',
  history: 'what happened, who did it and when',
} as const
export type Part = keyof typeof parts

const ofTheChild = ['identity', 'facts', 'recommendation', 'decision', 'history'] as const
const ofTheClinic = [...ofTheChild, 'conditions', 'words'] as const

/** Which parts each role sees. A role that sees none stands here too, so that none is forgotten. */
export const partsOfRole: Readonly<Record<Role, readonly Part[]>> = {
  'police-decision-maker': [...ofTheClinic, 'victim-views', 'sealed'],
  // Refers, and gives what was decided, conditions and all. What others confided is not for the file.
  'referring-officer': [...ofTheChild, 'conditions'],
  // Asks the child the questions for monitoring. Who decides must not have the answers before them.
  'youth-justice-practitioner': [...ofTheClinic, 'protected'],
  'team-leader': [...ofTheClinic, 'sealed'],
  'clinic-chair': [...ofTheClinic, 'victim-views'],
  'clinic-member': ofTheClinic,
  'social-worker': ofTheClinic,
  // Must be able to tell a victim what is alleged and what came of it, and not who the child is, nor
  // what the child or anybody else confided: a condition may tell what the child is helped with.
  'victim-liaison-officer': ['facts', 'decision', 'history', 'victim-views', 'victim'],
  'policy-lead': [],
  'rule-approver': [],
  'scrutiny-member': ['facts', 'recommendation', 'decision'],
  'information-analyst': ['protected', 'decision'],
  auditor: ['history'],
  administrator: [],
  sweeper: [],
  service: ['facts', 'recommendation', 'decision'],
}

/** Who must decide without the protected answers before them, whatever else they are. */
const decideWithout: readonly Role[] = [...deciders, ...managers, 'clinic-member']

/**
 * The parts that a caller sees of a case in a partnership or in one area of it: all that the roles
 * they hold there see together. A role for closed cases alone shows nothing of an open one, and
 * nobody who decides sees what is protected through another role. What is not in the set must not
 * be in the answer.
 */
export function partsFor(caller: Caller, where: Where, closed: boolean): ReadonlySet<Part> {
  const held = caller.grants.filter((grant) => covers(grant, where)).map(({ role }) => role)
  const seen = held
    .filter((role) => closed || !closedOnly(role))
    .flatMap((role) => partsOfRole[role])
  const decides = held.some((role) => decideWithout.includes(role))
  return new Set(decides ? seen.filter((part) => part !== 'protected') : seen)
}
