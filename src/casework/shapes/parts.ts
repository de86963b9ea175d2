import { z } from 'zod'
import { agencies, disposals } from '../../domain/lists.ts'
import { roles } from '../../domain/roles.ts'

/*
 * What the answers hold, as the OpenAPI document describes it. Objects are open: a later version may
 * say more. A test holds every answer against these and finds what is said and not described.
 */

/** A named shape, or null: `.nullable()` of one would describe what is never null. */
export const orNull = <Shape extends z.ZodType>(shape: Shape) => z.union([shape, z.null()])

export const day = z.string().describe('A day, YYYY-MM-DD')
export const instant = z.string().describe('An instant, UTC')
export const agency = z.enum(agencies)
export const disposal = z.enum(disposals)
export const nextPage = z
  .string()
  .nullable()
  .describe('The "cursor" of the next page; null on the last')

export const actor = z
  .object({ person: z.string().describe('An id, never a name'), role: z.enum(roles), agency })
  .meta({ id: 'Actor' })

/** Whom an answer is about. */
export const about = z
  .object({
    what: z.enum(['referral', 'offence', 'victim']),
    number: z.int().optional().describe('Of the offence or the victim, from 1'),
  })
  .meta({ id: 'About' })

export const answered = z
  .union([z.string(), z.number(), z.array(z.string())])
  .nullable()
  .describe('null where it is not known')

/** The case after a write. */
export const acted = z
  .object({ id: z.string(), version: z.int(), state: z.string() })
  .meta({ id: 'Acted' })

/** Where a case stands, as a word for programs and as words for people. */
export const standing = { state: z.string(), stateSays: z.string() }

export const rule = z.object({ id: z.string(), title: z.string() })
