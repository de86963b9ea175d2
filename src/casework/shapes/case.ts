import { z } from 'zod'
import { statuses } from '../../domain/lists.ts'
import { block } from '../../domain/refusal.ts'
import { decision, departure } from './decision.ts'
import { about, actor, agency, answered, day, instant, nextPage, standing } from './parts.ts'

/** Where the child was erased: when, and what that means. */
export const afterErasing = {
  erasedAt: instant.nullable().describe('When the child was erased'),
  says: z.string().optional().describe('What is to be known of what is not there'),
}

const row = {
  id: z.string(),
  partnership: z.string(),
  area: z.string().nullable(),
  reference: z.string().nullable().describe('The police’s own'),
  version: z.int().describe('Rises by one with every change; the ETag'),
  openedAt: instant,
  updatedAt: instant,
  status: z.enum(statuses).nullable().describe('By the latest recommendation'),
  dueOn: day.nullable().describe('The nearest day by which somebody owes something'),
  clinic: z.string().nullable().describe('On whose agenda it stands'),
  offences: z.int().describe('How many'),
  ...standing,
  ...afterErasing,
  child: z
    .object({ name: z.string().optional(), dateOfBirth: day.optional() })
    .optional()
    .describe('For those who may see who the child is'),
}

/** An answer as its reader sees it. One that is sealed to the reader says so, and no more. */
export const shownAnswerShape = z.object({
  about,
  fact: z.string(),
  answer: answered.optional().describe('Left out where it is sealed; null where it is not known'),
  sealed: z.literal(true).optional().describe('Given through a sealed point of a checklist'),
  because: z.string().optional().describe('Why it is not known'),
  evidence: z.string().optional(),
  notInUse: z
    .literal(true)
    .optional()
    .describe('The rules in use do not have this question or answer any more, and leave it out'),
  suppliedBy: agency,
  by: actor,
  at: instant,
})

const condition = z.object({
  id: z.string(),
  delivery: z.string(),
  decision: z.string(),
  state: z.enum(['open', 'met', 'varied']),
  startBy: day.nullable(),
  dueOn: day.nullable(),
})

const task = z.object({
  id: z.string(),
  task: z.string(),
  of: agency,
  dueOn: day.nullable(),
  since: z.string(),
  doneAt: instant.nullable(),
  toldAt: instant.nullable().describe('When those who owe it were told that the day has passed'),
})
const clock = z.object({
  id: z.string(),
  what: z.string(),
  rule: z.string().nullable(),
  about: z.string(),
  dueOn: day,
  hard: z.boolean(),
  state: z.enum(['running', 'stopped', 'fired']),
})

/** Something that may be recorded, or what blocks it. */
export const action = z.object({
  event: z.string(),
  says: z.string(),
  open: z.boolean().describe('Whether it would be recorded now'),
  blockedBy: z.array(block).describe('What has to come first'),
})

/** What people wrote of a case. */
export const shownNote = z.object({ about: z.string(), text: z.string(), by: actor, at: instant })

/** One case; what the caller’s roles may not see is not in it. */
export const caseView = z
  .object({
    ...row,
    facts: z.array(shownAnswerShape).optional(),
    recommendation: z
      .object({ id: z.string(), asAt: day, status: z.enum(statuses) })
      .nullable()
      .optional(),
    decisions: z.array(decision).optional(),
    departures: z.array(departure).optional(),
    conditions: z.array(condition).optional(),
    delivery: z
      .object({ id: z.string(), ...standing })
      .nullable()
      .optional(),
    words: z.array(shownNote).optional(),
    tasks: z.array(task).describe('What is still owed'),
    clocks: z.array(clock).describe('The days that are to be kept'),
    victims: z.int().describe('How many'),
    actions: z.array(action).describe('What you may record, and what blocks it'),
  })
  .meta({ id: 'Case' })

/** A case as a list shows it. The date of birth stands with the case. */
export const listedCase = z.object(row).meta({ id: 'ListedCase' })
/** `next` is null on the last page; a full page may be the last one, and then the next is empty. */
export const casePage = z
  .object({ cases: z.array(listedCase), next: nextPage })
  .meta({ id: 'CasePage' })
/** When a child was erased. */
export const erased = z.object({ id: z.string(), erasedAt: instant })
