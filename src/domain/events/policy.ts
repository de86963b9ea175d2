import { z } from 'zod'
import { agencies } from '../lists.ts'
import { plainDateSchema } from '../plain-date.ts'
import { reasonOf, reasons } from '../reasons.ts'
import { idSchema } from '../roles.ts'
import { digestSchema, event, slugSchema } from './parts.ts'

const signatory = z.strictObject({ person: idSchema, agency: z.enum(agencies) })

/** The life of a rule set. */
export const policy = [
  event('ruleSet.loaded', 'The rule set was read; every check and example passes.', {
    partnership: slugSchema,
    digest: digestSchema,
  }),
  event('ruleSet.proposed', 'A policy lead proposed it, with its notes.', {
    digest: digestSchema,
    impactNoteId: idSchema.nullable(),
    equalityNoteId: idSchema.nullable(),
  }),
  event('ruleSet.approved', 'A second person approved it, with the signatories.', {
    digest: digestSchema,
    signatories: z.array(signatory).max(20),
    /** The agencies whose signature the partnership asks for. */
    needed: z.array(z.enum(agencies)).max(20),
    inForceFrom: plainDateSchema,
  }),
  event('ruleSet.cameIntoForce', 'Its first day in force came.', {
    digest: digestSchema,
    on: plainDateSchema,
  }),
  event('ruleSet.shipped', 'The set that came with the program is in force, on the first start.', {
    digest: digestSchema,
    approval: z.literal('shipped'),
    /** The digest that was in force before. Only a first start has none. */
    inForceBefore: digestSchema.nullable(),
  }),
  event('ruleSet.superseded', 'A later rule set took its place.', {
    successor: digestSchema,
    on: plainDateSchema,
  }),
  event('ruleSet.withdrawn', 'It was withdrawn before it came into force.', {
    reason: reasonOf(reasons.ruleSetWithdrawn),
  }),
] as const
