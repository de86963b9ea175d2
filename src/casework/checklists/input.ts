import { z } from 'zod'
import { agencies } from '../../domain/lists.ts'
import { plainDateSchema } from '../../domain/plain-date.ts'
import { instrumentIds } from './instruments.ts'

/** The name of a form, as it stands in an address. */
export const instrumentSchema = z.enum(instrumentIds)

/** Points of a form as somebody fills them in. Points that are left out keep what they say. */
export const checklistSchema = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        point: z.string().max(40),
        answer: z.string().max(40).describe('One of the answers that the point takes'),
        evidence: z
          .string()
          .trim()
          .min(1)
          .max(4_000)
          .optional()
          .describe('What it rests on, in words'),
        suppliedBy: z.enum(agencies).optional().describe('Your own agency when left out'),
        suppliedOn: plainDateSchema.optional().describe('Today when left out'),
        sealed: z.boolean().optional().describe('Shown only to those who may read sealed parts'),
      }),
    )
    .min(1)
    .max(50),
})
export type ChecklistInput = z.output<typeof checklistSchema>
