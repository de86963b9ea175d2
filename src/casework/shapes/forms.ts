import { z } from 'zod'
import { agencies, confirmations } from '../../domain/lists.ts'
import { ruleReferenceSchema } from '../../domain/recommendation.ts'
import { instrumentSchema } from '../checklists/input.ts'
import { about, acted, actor, agency, answered, day, instant, orNull } from './parts.ts'

/** A point as its reader sees it. */
export const point = z.object({
  point: z.string(),
  title: z.string(),
  question: z.string(),
  answers: z.array(z.string()).describe('None where it is answered elsewhere'),
  confirmed: z.enum(confirmations),
  state: z.enum(['done', 'outstanding', 'cannot-tell', 'not-asked']),
  answer: z.string().optional(),
  evidence: z.string().optional(),
  suppliedBy: agency.optional(),
  suppliedOn: day.optional(),
  sealed: z.literal(true).optional(),
  missing: z
    .object({ says: z.string(), whoCouldTell: z.enum([...agencies, 'worked-out']) })
    .optional(),
})

/** A form for a child in care, point by point. */
export const checklist = z
  .object({
    instrument: instrumentSchema,
    title: z.string(),
    confirmed: z.string().describe('How well the form is known'),
    writtenBy: z.string().nullable().describe('Who alone may write it'),
    version: z.int().describe('0 before anybody filled it in'),
    filledBy: orNull(actor),
    filledAt: instant.nullable(),
    progress: z.enum(['not-started', 'part', 'complete']),
    applies: z.enum(['yes', 'no', 'cannot-tell']),
    rules: z.array(ruleReferenceSchema),
    why: z.string(),
    points: z.array(point),
  })
  .meta({ id: 'Checklist' })
export const checklists = z.object({ checklists: z.array(checklist) })

const ofVictim = z.object({
  fact: z.string(),
  answer: answered,
  id: z.string().optional(),
  about: about.optional(),
  because: z.string().optional(),
  evidence: z.string().optional(),
  suppliedBy: agency.optional(),
  supersedes: z.string().nullable().optional(),
  kept: z.string().optional(),
  sealed: z.literal(true).optional(),
  by: actor.optional(),
  at: instant.optional(),
})

/** A victim, as much as the role of the caller sees. */
export const victim = z
  .object({
    number: z.int(),
    offences: z.array(z.int()).nullable().describe('null: of all of them'),
    facts: z.array(ofVictim),
    entries: z
      .array(
        z.object({
          id: z.string(),
          kind: z.enum(['identity', 'consent', 'views', 'safety', 'request', 'contact']),
          content: z.record(z.string(), z.unknown()).describe('As it was sent'),
          by: actor,
          at: instant,
        }),
      )
      .optional()
      .describe('For those who work with victims'),
    says: z.string().optional().describe('What is to be known of what is not shown'),
  })
  .meta({ id: 'Victim' })
export const victims = z.object({ victims: z.array(victim) })
export const victimActed = z.object({ ...acted.shape, victim: z.int() })
