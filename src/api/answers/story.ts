import { z } from '@hono/zod-openapi'
import { afterErasing } from './case.ts'
import { decision, departure } from './decision.ts'
import { actor, instant, nextPage } from './parts.ts'

const happening = z
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
  .openapi('Happening')

/** What happened in a case, in order. */
export const history = z.object({ ...afterErasing, events: z.array(happening) }).openapi('History')

/** The case in plain words. */
export const explanation = z
  .object({
    sections: z.array(z.object({ heading: z.string(), sentences: z.array(z.string()) })),
  })
  .openapi('Explanation')

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
  .openapi('AccessPage')

/** Who the caller is here. */
export const me = z
  .object({
    person: z.string(),
    name: z.string().nullable(),
    grants: z.array(
      z.object({
        role: z.string(),
        agency: z.string(),
        partnership: z.string(),
        area: z.string().optional(),
      }),
    ),
    by: z.string().describe('How you signed in'),
  })
  .openapi('Me')
