import type { Role } from '../domain/roles.ts'
import { type Caller, covers, type Where } from './caller.ts'

/** The parts of what is kept of a case. An answer holds those its reader may see, and no other. */
export const parts = {
  identity: 'the child’s name and date of birth',
  facts: 'the questions that were answered, but for those that are protected',
  protected: 'ethnicity and the other answers that are recorded to watch for unfairness',
  words: 'notes and reasons in people’s own words',
  recommendation: 'what the rules say is open, and why',
  decision: 'what was decided, and the conditions',
  'victim-views': 'what a victim thinks should happen',
  victim: 'everything else that is kept of a victim',
  sealed: 'what was sealed',
  history: 'what happened, who did it and when',
} as const
export type Part = keyof typeof parts

const ofTheChild = ['identity', 'facts', 'recommendation', 'decision', 'history'] as const
const ofTheClinic = [...ofTheChild, 'words'] as const

/** Which parts each role sees. A role that sees none stands here too, so that none is forgotten. */
export const partsOfRole: Readonly<Record<Role, readonly Part[]>> = {
  'police-decision-maker': [...ofTheClinic, 'victim-views', 'sealed'],
  // Refers, and gives what was decided. What others confided to the clinic is not for the file.
  'referring-officer': ofTheChild,
  // Asks the child the questions for monitoring. Who decides must not have the answers before them.
  'youth-justice-practitioner': [...ofTheClinic, 'protected'],
  'team-leader': [...ofTheClinic, 'sealed'],
  'clinic-chair': [...ofTheClinic, 'victim-views'],
  'clinic-member': ofTheClinic,
  'social-worker': ofTheClinic,
  // Must be able to tell a victim what is alleged and what came of it, and not who the child is.
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

/**
 * The parts that a caller sees of the cases of a partnership or of one area of it: all that the
 * roles they hold there see together. What is not in the set must not be in the answer.
 */
export const partsFor = (caller: Caller, where: Where): ReadonlySet<Part> =>
  new Set(
    caller.grants.filter((grant) => covers(grant, where)).flatMap(({ role }) => partsOfRole[role]),
  )
