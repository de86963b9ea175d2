import { parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import {
  bankHolidaysFileSchema,
  disposalsFileSchema,
  factsFileSchema,
  type OffenceRow,
  offenceSchema,
  type Partnership,
  parametersFileSchema,
  partnershipSchema,
  sourcesFileSchema,
} from './catalogue.ts'
import { parameterFacts, type ReadPolicy } from './policy.ts'
import { readRule } from './read-rule.ts'
import type { Rule } from './schema.ts'
import { readShape } from './shape.ts'
import { readText } from './read-text.ts'
import { readYaml, type SourceFile, type YamlFile } from './yaml-file.ts'

/** What could be parsed, and the problems of what could not. */
export type ParsedPolicy = { read: ReadPolicy; problems: Problem[]; cataloguesFine: boolean }

/**
 * Parses the files of a rules folder into a policy. Every problem of every file is reported at
 * once, so that a policy lead mends them in one go. Vocabulary is checked afterwards (check.ts).
 */
export function parsePolicy(files: readonly SourceFile[]): ParsedPolicy {
  const problems: Problem[] = []
  const fileOf = new Map<string, YamlFile>()
  const keep = <T>(result: Result<T>): T | undefined => {
    if (result.ok) return result.value
    problems.push(...result.problems)
    return undefined
  }
  const yaml = (file: SourceFile): YamlFile | undefined => {
    const read = keep(readYaml(file))
    if (read) fileOf.set(file.path, read)
    return read
  }
  const catalogue = <T>(path: string, schema: z.ZodType<T>): T | undefined => {
    const file = files.find((one) => one.path === path)
    if (!file) return keep(refuse({ file: path, message: 'This file is missing.' }))
    const read = yaml(file)
    return read && keep(readShape(read, schema))
  }

  const facts = catalogue('rules/facts.yaml', factsFileSchema) ?? {}
  const sources = catalogue('rules/sources.yaml', sourcesFileSchema) ?? {}
  const disposals = catalogue('rules/disposals.yaml', disposalsFileSchema) ?? []
  const parameters = catalogue('rules/parameters.yaml', parametersFileSchema) ?? {}
  const holidays = catalogue('rules/bank-holidays.yaml', bankHolidaysFileSchema)
  const offences = keep(readOffences(files)) ?? new Map()

  const cataloguesFine = problems.length === 0
  const partnerships: Record<string, Partnership> = {}
  const rules: Rule[] = []
  for (const file of files) {
    if (file.path === 'rules/released.json') yaml(file)
    const layer = /^rules\/partnerships\/([^/]+)\//.exec(file.path)?.[1]
    const national = file.path.startsWith('rules/national/')
    if (!layer && !national) continue
    const read = yaml(file)
    if (!read) continue
    if (layer && file.path === `rules/partnerships/${layer}/partnership.yaml`) {
      const partnership = keep(readShape(read, partnershipSchema))
      if (partnership) partnerships[layer] = partnership
    } else {
      const rule = keep(readRule(read))
      if (rule) rules.push({ ...rule, layer: layer ?? 'national', file: file.path })
    }
  }
  const read: ReadPolicy = {
    fileOf,
    policy: {
      facts: { ...facts, ...parameterFacts(parameters) },
      sources,
      disposals,
      parameters,
      offences,
      bankHolidays: {
        covers: holidays?.covers ?? { from: '9999-12-31', until: '9999-12-31' },
        dates: new Set(holidays?.holidays.map(({ date }) => date)),
      },
      partnerships,
      rules,
    },
  }
  return { read, problems, cataloguesFine }
}

function readOffences(files: readonly SourceFile[]): Result<Map<string, OffenceRow>> {
  const file = 'rules/offences.csv'
  const source = files.find(({ path }) => path === file)
  if (!source) return refuse({ file, message: 'This file is missing.' })
  const text = readText(file, source.bytes)
  if (!text.ok) return text
  let records: Record<string, string>[]
  try {
    records = parse(text.value, { columns: true, skip_empty_lines: true })
  } catch (error) {
    return refuse({ file, line: 1, message: `This is not CSV: ${(error as Error).message}.` })
  }
  const offences = new Map<string, OffenceRow>()
  const problems: Problem[] = []
  for (const [index, record] of records.entries()) {
    // The heading is line 1. No cell holds a line break, which the count relies on.
    const line = index + 2
    const row = offenceSchema.safeParse(record)
    if (!row.success)
      problems.push(
        ...row.error.issues.map((issue) => ({
          file,
          line,
          message: `Column "${issue.path.join('.')}": ${issue.message}.`,
        })),
      )
    else if (offences.has(row.data.code))
      problems.push({ file, line, message: `The offence code "${row.data.code}" stands twice.` })
    else offences.set(row.data.code, row.data)
  }
  return problems.length > 0 ? refuse(...problems) : fine(offences)
}
