import { z } from 'zod'
import { agencies } from './lists.ts'

/** A polite "not now": what was asked, why not, and what would be allowed. Never a name. */
export const blockSchema = z.strictObject({
  /**
   * A requirement of the rules or a condition of the chart, by its id; and where the condition is
   * about what was chosen, a disposal that is not open, or the fact that a question asks for.
   */
  what: z.enum(['requirement', 'condition', 'disposal', 'question']),
  id: z.string(),
  says: z.string(),
  /** Who could answer a question. */
  of: z.enum(agencies).optional(),
  /** The offences that a disposal or a question is about, by their number in the referral. */
  offences: z.array(z.int()).optional(),
})
export type Block = z.infer<typeof blockSchema>

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
