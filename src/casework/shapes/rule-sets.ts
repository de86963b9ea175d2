import { z } from 'zod'
import { actor, agency, day, instant, rule } from './parts.ts'

/** An event in the life of a rule set; its keys besides go with its type. */
const ruleSetEvent = z.object({
  id: z.string(),
  type: z.string(),
  by: actor,
  at: instant,
  notes: z.record(z.string(), z.string()).describe('The words that it names, by their id'),
  partnership: z.string().optional(),
  digest: z.string().optional(),
  impactNoteId: z.string().nullable().optional(),
  equalityNoteId: z.string().nullable().optional(),
  signatories: z.array(z.object({ person: z.string(), agency })).optional(),
  needed: z.array(agency).optional(),
  inForceFrom: day.optional(),
  on: day.optional(),
  approval: z.string().optional(),
  inForceBefore: z.string().nullable().optional(),
  successor: z.string().optional(),
  reason: z.object({ code: z.string(), noteId: z.string().optional() }).optional(),
})

/** One version of a partnership's rules: where it stands, and who did what with it. */
export const ruleSetVersion = z.object({
  digest: z.string(),
  state: z.string(),
  stateSays: z.string(),
  allowed: z.array(z.string()),
  inForceFrom: day.nullable().describe('The day from which it holds, where one was settled'),
  events: z.array(ruleSetEvent),
})

/** The versions of a partnership's rules, the latest first. */
export const ruleSetVersions = z
  .object({
    partnership: z.string(),
    version: z.int().describe('Names itself in If-Match'),
    inForce: z.string().nullable(),
    versions: z.array(ruleSetVersion),
  })
  .meta({ id: 'RuleSetVersions' })

/** What a version changes against the one in force. */
export const ruleSetChanges = z.object({
  digest: z.string(),
  inForce: z.string(),
  begins: z.array(rule),
  ends: z.array(rule),
  changes: z.array(rule),
  catalogues: z.array(z.string()),
  drops: z
    .array(
      z.object({
        fact: z.string(),
        answers: z
          .array(z.string())
          .optional()
          .describe('Which of its answers; left out where the question or its kind of answer goes'),
      }),
    )
    .describe('What cases may have answered and this version does not know'),
  openCases: z
    .int()
    .nullable()
    .describe(
      'How many cases of the partnership are open, where something is dropped. Not every one need hold such an answer: what was answered is sealed, and is not opened to be counted. Null where nothing is dropped',
    ),
})
