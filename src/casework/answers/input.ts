import { z } from 'zod'
import { agencies } from '../../domain/lists.ts'
import { reasons } from '../../domain/reasons.ts'

const number = z.int().positive().max(100)

/** Answers as agencies hand them in, each with who gave it. */
export const answersSchema = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        about: z
          .discriminatedUnion('what', [
            z.strictObject({ what: z.literal('referral') }),
            z.strictObject({ what: z.literal('offence'), number }),
            z.strictObject({ what: z.literal('victim'), number }),
          ])
          .default({ what: 'referral' }),
        fact: z.string().max(80),
        answer: z
          .union([z.string().max(4_000), z.number(), z.array(z.string().max(200)).max(1_000)])
          .nullable()
          .describe('null where it is not known'),
        because: z.string().trim().min(1).max(500).optional().describe('Why it is not known'),
        evidence: z.string().trim().min(1).max(4_000).optional(),
        suppliedBy: z.enum(agencies).optional().describe('Your own agency when left out'),
      }),
    )
    .min(1)
    .max(500),
  correction: z
    .strictObject({
      reason: z.enum(reasons.corrected),
      text: z.string().trim().min(1).max(4_000).optional(),
    })
    .optional()
    .describe('Where a mistake is put right; what stood before is kept'),
})
export type AnswersInput = z.output<typeof answersSchema>
