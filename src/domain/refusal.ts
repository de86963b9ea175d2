import { z } from 'zod'
import { agencies } from './lists.ts'

/** A polite "not now": what was asked, why not, and what would be allowed. Never a name. */
export const blockSchema = z.strictObject({
  /**
   * A requirement of the rules or a condition of the chart, by its id; and where the condition is
   * about what was chosen, a disposal that is not open, or the fact that a question asks for.
   */
  what: z
    .enum(['requirement', 'condition', 'disposal', 'question'])
    .describe('A requirement, a condition, a disposal or a question'),
  id: z.string().describe('Of the requirement or the condition; the disposal; or the fact'),
  says: z.string(),
  of: z.enum(agencies).optional().describe('Who could answer a question'),
  offences: z
    .array(z.int())
    .optional()
    .describe('Those that a disposal or a question is about, by number'),
})
export type Block = z.infer<typeof blockSchema>

/** A block as answers hold it: a later version may say more. */
export const block = z.object(blockSchema.shape).meta({ id: 'Block' })

export const refusalSchema = z.strictObject({
  kind: z.literal('refusal'),
  /** The event that was asked for. */
  asked: z.string(),
  why: z.string(),
  /** The other events that would be answered now. */
  allowed: z.array(z.string()),
  blockedBy: z.array(blockSchema),
})
export type Refusal = z.infer<typeof refusalSchema>
