import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { agencies } from '../../src/domain/lists.ts'
import { plainDateSchema } from '../../src/domain/plain-date.ts'

const given = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), z.null()]))

/** One step, which says what happens so that it can be read aloud, and what the record then shows. */
const stepSchema = z.strictObject({
  says: z.string().min(10),
  on: plainDateSchema.optional(),
  who: z.string().optional(),
  records: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  answers: given.optional(),
  about: z
    .strictObject({ what: z.enum(['offence', 'victim']), number: z.int().positive() })
    .optional(),
  correcting: z.string().optional(),
  clinic: z
    .strictObject({
      name: z.string(),
      on: plainDateSchema.describe('The day on which it meets'),
      there: z.array(z.enum(agencies)).describe('Besides the chair'),
    })
    .optional(),
  opens: z.string().optional().describe('The clinic that the chair opens before it'),
  time_passes: z.literal('until what is due has rung').optional(),
  then: z.string().optional().describe('Where the case stands after it'),
  delivery: z.string().optional(),
  refused: z.array(z.string()).optional().describe('What blocks it; nothing is recorded'),
  wrong: z.string().optional().describe('A part of what is said of what was sent'),
  standing: z.record(z.string(), z.enum(['open', 'ruled-out', 'cannot-tell'])).optional(),
})

export const scenarioSchema = z.strictObject({
  title: z.string(),
  tells: z.string(),
  partnership: z.enum(['derby', 'derbyshire', 'nottingham', 'west-mercia']),
  begins: plainDateSchema,
  based_on: z.literal('ready-child').optional().describe('Facts of a case that is fully prepared'),
  facts: given.default({}),
  offences: z.array(given).default([]),
  victims: z.array(z.strictObject({ facts: given })).optional(),
  steps: z.array(stepSchema).min(1),
})
export type Scenario = z.output<typeof scenarioSchema>
export type Step = Scenario['steps'][number]

const folder = fileURLToPath(new URL('cases', import.meta.url))

/** Every scenario of the folder, by file name. */
export const scenarios = (): { file: string; scenario: Scenario }[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      file,
      scenario: scenarioSchema.parse(
        parse(readFileSync(`${folder}/${file}`, 'utf8'), { merge: true }),
      ),
    }))
