import { z } from 'zod'
import { standings } from '../../domain/lists.ts'
import { actor, agency, day, disposal, instant } from './parts.ts'

const entry = { id: z.string(), by: actor, at: instant }

const chosen = z.object({
  offence: z.int(),
  disposal,
  standing: z.enum(standings).describe('In the recommendation of that day'),
  reasons: z.string().optional(),
})
const lesserOption = z.object({ offence: z.int(), disposal, why: z.string().optional() })
/** What a condition is tied to may tell what the child confided; its text is what is asked. */
export const decidedCondition = z.object({
  id: z.string(),
  offence: z.int(),
  text: z.string().optional(),
  tiedTo: z.object({ what: z.enum(['need', 'harm']), which: z.string().optional() }),
  by: agency,
  startBy: day.nullable(),
  dueOn: day.nullable(),
})
const dissent = z.object({
  agency,
  position: z.string().optional(),
  why: z.string().optional(),
})
export const attendance = z
  .object({
    person: z.string(),
    name: z.string().optional(),
    role: z.string(),
    agency,
    way: z.enum(['in-person', 'remote']),
  })
  .meta({ id: 'Attendance' })

/** A decision; what people wrote is there for those alone who may read it. */
export const decision = z
  .object({
    ...entry,
    stands: z.boolean().describe('Whether it is the decision that stands'),
    clinic: z.string().nullable(),
    recommendation: z.string().describe('The one that lay before those who decided'),
    chosen: z.array(chosen),
    left: z.array(z.int()).describe('Offences that stay with the police'),
    lesserOptions: z.array(lesserOption),
    conditions: z.array(decidedCondition),
    victimConsidered: z.string().optional(),
    childsWords: z.string().optional(),
    dissent: z.array(dissent),
    notKnown: z.array(z.string()).describe('The questions that nobody had an answer to'),
    attendance: z.array(attendance),
    withdrew: z.array(attendance).describe('Who was there and withdrew for a conflict of interest'),
    settled: z.enum(['at-the-clinic', 'on-the-ladder']),
    departures: z.array(z.string()),
  })
  .meta({ id: 'Decision' })

const departedFrom = z.discriminatedUnion('what', [
  z.object({ what: z.literal('starting-point'), disposal }),
  z.object({ what: z.literal('requirement'), requirement: z.string() }),
])
/** A departure with its coded reason, and the words of it where its reader may see them. */
export const departure = z.object({
  ...entry,
  from: departedFrom,
  reasonCode: z.string(),
  text: z.string().optional(),
  recommendation: z.string(),
})
