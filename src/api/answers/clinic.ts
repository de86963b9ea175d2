import { z } from '@hono/zod-openapi'
import { instrumentSchema } from '../../casework/checklists.ts'
import { stages } from '../../domain/lists.ts'
import { attendance } from './decision.ts'
import { agency, day, instant, nextPage, orNull, standing } from './parts.ts'

const row = {
  id: z.string(),
  partnership: z.string(),
  area: z.string().nullable(),
  heldOn: day,
  state: z.enum(['planned', 'open', 'closed']),
  version: z.int(),
}
export const clinicRow = z.object(row).openapi('ClinicRow')

/** A list of clinics. */
export const clinics = z.object({ clinics: z.array(clinicRow) })

const quorum = z
  .object({
    state: z.enum(['met', 'not-met']),
    missing: z.array(z.string()),
    extra: z.array(z.string()).describe('Members that this case needs besides'),
  })
  .openapi('Quorum')
const item = z.enum([
  'listed',
  'in-clinic',
  'decided',
  'adjourned',
  'sent-back',
  'escalated',
  'taken-off',
])
const ofCase = { case: z.string(), reference: z.string().nullable() }

/** A clinic; cases that are not there for the caller are not in it. */
export const clinic = z
  .object({
    ...row,
    attendance: z.array(attendance),
    cases: z.array(
      z.object({
        ...ofCase,
        item,
        ...standing,
        quorum: orNull(quorum).describe('null once the clinic has dealt with it'),
        barred: z.array(z.string()).describe('Who takes no part in it'),
      }),
    ),
    conflicts: z.array(z.object({ case: z.string(), person: z.string(), at: instant })),
    minutes: z.string().nullable(),
    minutesWithheld: z.boolean().describe('There are some, and you may not read them'),
  })
  .openapi('Clinic')

const owed = z.object({
  requirement: z.string(),
  task: z.string(),
  of: agency,
  before: z.enum(stages),
  state: z.enum(['done', 'outstanding', 'cannot-tell', 'set-aside']),
  applies: z.enum(['yes', 'cannot-tell']),
  hard: z.boolean(),
  for: z.array(z.string()).optional(),
  point: z.int().optional(),
})
const source = z.object({
  agency,
  counts: z.object({
    done: z.int(),
    outstanding: z.int(),
    'cannot-tell': z.int(),
    'set-aside': z.int(),
  }),
  owed: z.array(owed),
})

/** The agenda: the cases that wait, those due first. */
export const agenda = z
  .object({
    ...row,
    cases: z.array(
      z.object({
        ...ofCase,
        item,
        ...standing,
        child: z
          .object({ name: z.string().optional(), initials: z.string().optional() })
          .optional(),
        dueOn: day.nullable(),
        quorum,
        asAt: day.optional(),
        status: z.string().optional(),
        offences: z
          .array(
            z.object({
              number: z.int(),
              code: z.string().optional(),
              title: z.string().optional(),
            }),
          )
          .optional(),
        sources: z.array(source).optional().describe('How complete it is, by agency'),
        holds: z
          .array(z.object({ rule: z.string(), until: z.string(), by: agency, verdict: z.string() }))
          .optional(),
        checklists: z
          .array(
            z.object({
              instrument: instrumentSchema,
              title: z.string(),
              applies: z.enum(['yes', 'cannot-tell']),
              progress: z.string().nullable(),
              open: z.array(z.int()),
            }),
          )
          .optional(),
      }),
    ),
  })
  .openapi('Agenda')

const awaited = z.object({
  ...ofCase,
  what: z.enum(['requirement', 'question']),
  id: z.string(),
  of: agency,
  says: z.string(),
  before: z.enum(stages).optional(),
  hard: z.boolean().optional(),
  because: z.string().optional(),
  since: day,
  days: z.int(),
})

/** What is awaited, by agency. */
export const chaseList = z
  .object({
    agencies: z.array(z.object({ agency, awaited: z.array(awaited) })),
    next: nextPage,
  })
  .openapi('ChaseList')
