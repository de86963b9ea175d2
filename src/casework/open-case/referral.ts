import { z } from 'zod'
import { caseSchema } from '../../domain/case.ts'

/** A referral as the police hand it in. */
export const referralSchema = caseSchema.omit({ asAt: true }).extend({
  partnership: z.string().max(80).describe('Whose case it is, by the id of a partnership'),
  area: z.string().min(1).max(80).optional().describe('The area of the partnership'),
  reference: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9/._-]{0,39}$/, {
      error: 'is not a reference: letters, digits and / . _ - alone, no spaces, at most 40',
    })
    .optional()
    .describe('The police’s own reference: letters, digits and / . _ -, no name'),
  child: z.strictObject({ name: z.string().trim().min(1).max(120) }).optional(),
})
export type ReferralInput = z.output<typeof referralSchema>
