import { z } from 'zod'
import { stages } from '../../domain/lists.ts'
import { instrumentSchema } from '../checklists/input.ts'
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
export const clinicRow = z.object(row).meta({ id: 'ClinicRow' })

/** A list of clinics. */
export const clinics = z.object({ clinics: z.array(clinicRow) })

const quorum = z
  .object({
    state: z.enum(['met', 'not-met']),
    missing: z.array(z.string()),
    extra: z.array(z.string()).describe('Members that this case needs besides'),
  })
  .meta({ id: 'Quorum' })
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

/** A case of a clinic: where it stands there, where it stands itself, and whether it has its quorum. */
export const clinicCase = z.object({
  ...ofCase,
  item,
  ...standing,
  quorum: orNull(quorum).describe('null once the clinic has dealt with it'),
  barred: z.array(z.string()).describe('Who takes no part in it'),
})

/** A clinic; cases that are not there for the caller are not in it. */
export const clinic = z
  .object({
    ...row,
    attendance: z.array(attendance),
    cases: z.array(clinicCase),
    conflicts: z.array(z.object({ case: z.string(), person: z.string(), at: instant })),
    minutes: z.string().nullable(),
    minutesWithheld: z.boolean().describe('There are some, and you may not read them'),
  })
  .meta({ id: 'Clinic' })

/** One thing that an agency owes a case, by the recommendation that holds. */
export const owed = z.object({
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
/** What one agency owes, and how much of it is there. */
export const source = z.object({
  agency,
  counts: z.object({
    done: z.int(),
    outstanding: z.int(),
    'cannot-tell': z.int(),
    'set-aside': z.int(),
  }),
  owed: z.array(owed),
})

/** A form that the rules ask for in a case, or may ask for. */
export const checklistDue = z.object({
  instrument: instrumentSchema,
  title: z.string(),
  applies: z.enum(['yes', 'cannot-tell']),
  progress: z.string().nullable().describe('How far it is; null where nobody began it'),
  open: z.array(z.int()).describe('The points that the rules ask for and that are not done'),
})

/** What the latest recommendation says of a case on the agenda. */
export const fromTheRulesShape = z.object({
  asAt: day,
  status: z.string(),
  offences: z.array(
    z.object({ number: z.int(), code: z.string().optional(), title: z.string().optional() }),
  ),
  sources: z.array(source).describe('How complete it is, by agency'),
  holds: z.array(
    z.object({ rule: z.string(), until: z.string(), by: agency, verdict: z.string() }),
  ),
  checklists: z.array(checklistDue),
})

/** One case as the clinic has it before it. What a caller's roles may not see is not in it. */
export const agendaCaseShape = z.object({
  ...ofCase,
  item,
  ...standing,
  child: z.object({ name: z.string().optional(), initials: z.string().optional() }).optional(),
  dueOn: day.nullable(),
  quorum,
  ...fromTheRulesShape.partial().shape,
})

/** The agenda: the cases that wait, those due first. */
export const agendaShape = z
  .object({ ...row, cases: z.array(agendaCaseShape) })
  .meta({ id: 'Agenda' })

/** What is awaited for one case. */
export const awaitedShape = z.object({
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
    agencies: z.array(z.object({ agency, awaited: z.array(awaitedShape) })),
    next: nextPage,
  })
  .meta({ id: 'ChaseList' })
