import { z } from 'zod'
import { afterErasing } from './case.ts'
import { decision, departure } from './decision.ts'
import { actor, instant, nextPage } from './parts.ts'

/** One thing that happened, as its reader sees it. */
export const happeningShape = z
  .object({
    seq: z.int().describe('Its number in the partnership’s history'),
    id: z.string(),
    at: instant,
    type: z.string(),
    chart: z.enum(['referral', 'delivery']),
    says: z.string(),
    by: actor,
    details: z.array(z.string()),
    words: z.array(z.string()).optional().describe('What people wrote about it'),
    decision: decision.optional(),
    departure: departure.optional(),
  })
  .meta({ id: 'Happening' })

/** What happened in a case, in order. */
export const historyShape = z
  .object({ ...afterErasing, events: z.array(happeningShape) })
  .meta({ id: 'History' })

/** The case in plain words. */
export const explanation = z
  .object({
    sections: z.array(z.object({ heading: z.string(), sentences: z.array(z.string()) })),
  })
  .meta({ id: 'Explanation' })

/** Who saw and changed what. */
export const accessPage = z
  .object({
    entries: z.array(
      z.object({
        seq: z.int(),
        partnership: z.string(),
        case: z.string().nullable().describe('The case, where it is about one'),
        child: z.string().nullable(),
        cases: z
          .array(z.object({ case: z.string(), child: z.string() }))
          .describe('Every case that it was about: a page of a list is one row'),
        clinic: z.string().nullable(),
        actor,
        at: instant,
        action: z.string(),
        requestId: z.string(),
        purpose: z.string().optional(),
      }),
    ),
    next: nextPage,
  })
  .meta({ id: 'AccessPage' })
