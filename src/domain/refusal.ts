import { z } from 'zod'

/** A polite "not now": what was asked, why not, and what would be allowed. Never a name. */
export const blockSchema = z.strictObject({
  /** A requirement of the rules, or a condition of the chart, by its id. */
  what: z.enum(['requirement', 'condition']),
  id: z.string(),
  says: z.string(),
})
export type Block = z.infer<typeof blockSchema>

export const refusalSchema = z.strictObject({
  kind: z.literal('refusal'),
  /** The event that was asked for. */
  asked: z.string(),
  why: z.string(),
  /** The events that would be answered now. */
  allowed: z.array(z.string()),
  blockedBy: z.array(blockSchema),
})
export type Refusal = z.infer<typeof refusalSchema>
