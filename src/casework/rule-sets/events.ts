import { z } from 'zod'
import { agencies } from '../../domain/lists.ts'
import { plainDateSchema } from '../../domain/plain-date.ts'
import { reasons } from '../../domain/reasons.ts'
import { idSchema } from '../../domain/roles.ts'

const words = z.string().trim().min(1).max(5_000)
const digest = z.string().max(80).describe('Which rule set, as the list of versions names it')

const signatory = z.strictObject({ person: idSchema, agency: z.enum(agencies) })

/** What a policy lead or an approver may ask for. Who asks, and when, is never taken from a body. */
export const ruleSetEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ruleSet.proposed'),
    digest,
    impact: words.describe('What changes for children, and for how many'),
    equality: words.describe('What it means for groups that fare worse today'),
  }),
  z.strictObject({
    type: z.literal('ruleSet.approved'),
    digest,
    signatories: z.array(signatory).max(20).describe('Who signed, for which agency'),
    inForceFrom: plainDateSchema.describe('The first day on which cases are looked at by it'),
  }),
  z.strictObject({
    type: z.literal('ruleSet.withdrawn'),
    digest,
    reason: z.enum(reasons.ruleSetWithdrawn),
    note: words.optional().describe('Needed where the reason is "other"'),
  }),
])
export type RuleSetAsked = z.output<typeof ruleSetEventSchema>
