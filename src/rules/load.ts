import type { z } from 'zod'
import { didYouMean, type Problem, type Result } from '../domain/problem.ts'
import {
  bankHolidaysFileSchema,
  disposalsFileSchema,
  factsFileSchema,
  type Partnership,
  parametersFileSchema,
  partnershipSchema,
  sourcesFileSchema,
} from './catalogue.ts'
import { parameterFacts, type ReadPolicy } from './policy.ts'
import type { ReadFolder } from './read-folder.ts'
import { readOffences } from './read-offences.ts'
import { readRule } from './read-rule.ts'
import type { Rule } from './schema.ts'
import { readShape } from './shape.ts'
import { readYaml, type SourceFile, type YamlFile } from './yaml-file.ts'

/** What could be parsed, and the problems of what could not. */
export type ParsedPolicy = { read: ReadPolicy; problems: Problem[]; cataloguesFine: boolean }

const catalogues = [
  'rules/facts.yaml',
  'rules/sources.yaml',
  'rules/disposals.yaml',
  'rules/parameters.yaml',
  'rules/bank-holidays.yaml',
  'rules/offences.csv',
] as const
type Catalogue = (typeof catalogues)[number]

/**
 * Parses the files of a rules folder into a policy. Every problem of every file is reported at
 * once, so that a policy lead mends them in one go. Vocabulary is checked afterwards (check.ts).
 */
export function parsePolicy(folder: ReadFolder): ParsedPolicy {
  const parser = new Parser(folder)
  const facts = parser.catalogue('rules/facts.yaml', factsFileSchema) ?? {}
  const sources = parser.catalogue('rules/sources.yaml', sourcesFileSchema) ?? {}
  const disposals = parser.catalogue('rules/disposals.yaml', disposalsFileSchema) ?? []
  const parameters = parser.catalogue('rules/parameters.yaml', parametersFileSchema) ?? {}
  const holidays = parser.catalogue('rules/bank-holidays.yaml', bankHolidaysFileSchema)
  const csv = parser.file('rules/offences.csv')
  const offences = (csv && parser.keep(readOffences(csv))) ?? new Map()
  const cataloguesFine = parser.problems.length === 0
  const { rules, partnerships } = parser.layers()
  const read: ReadPolicy = {
    fileOf: parser.fileOf,
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
  return { read, problems: parser.problems, cataloguesFine }
}

/** Reads file after file and keeps the problems of those that cannot be used. */
class Parser {
  readonly fileOf = new Map<string, YamlFile>()
  readonly problems: Problem[]
  readonly #files: readonly SourceFile[]

  constructor({ files, problems }: ReadFolder) {
    this.#files = files
    this.problems = [...problems]
  }

  keep<T>(result: Result<T>): T | undefined {
    if (result.ok) return result.value
    this.problems.push(...result.problems)
    return undefined
  }

  /** A catalogue's file; where it cannot be read, that is its problem, and it is not missing. */
  file(path: Catalogue): SourceFile | undefined {
    const found = this.#files.find((one) => one.path === path)
    if (!found && !this.problems.some(({ file }) => file === path))
      this.problems.push({
        file: path,
        message: 'This file is missing.',
        mend: 'Was it moved or renamed? Every rules folder has one.',
      })
    return found
  }

  catalogue<T>(path: Catalogue, schema: z.ZodType<T>): T | undefined {
    const file = this.file(path)
    const yaml = file && this.#yaml(file)
    return yaml && this.keep(readShape(yaml, schema))
  }

  /** The rules of the national layer and of each partnership. */
  layers(): { rules: Rule[]; partnerships: Record<string, Partnership> } {
    const rules: Rule[] = []
    const partnerships: [string, Partnership][] = []
    for (const file of this.#files) {
      const layer = /^rules\/(?:(national)|partnerships\/([a-z-]+))\/.+\.yaml$/.exec(file.path)
      if (file.path === 'rules/released.json') this.#yaml(file)
      else if (!layer) this.#outsideLayers(file.path)
      else if (file.path === `rules/partnerships/${layer[2]}/partnership.yaml`) {
        const yaml = this.#yaml(file)
        const partnership = yaml && this.keep(readShape(yaml, partnershipSchema))
        if (partnership) partnerships.push([String(layer[2]), partnership])
      } else {
        const yaml = this.#yaml(file)
        const rule = yaml && this.keep(readRule(yaml))
        if (rule) rules.push({ ...rule, layer: layer[2] ?? 'national', file: file.path })
      }
    }
    return { rules, partnerships: Object.fromEntries(partnerships) }
  }

  #yaml(file: SourceFile): YamlFile | undefined {
    const read = this.keep(readYaml(file))
    if (read) this.fileOf.set(file.path, read)
    return read
  }

  #outsideLayers(file: string): void {
    if ((catalogues as readonly string[]).includes(file)) return
    const near = didYouMean(file, [...catalogues, 'rules/released.json'])
    this.problems.push({
      file,
      message: `Nothing reads this file where it stands.${near}`,
      mend: 'A rule is a .yaml file in rules/national/<area>/ or rules/partnerships/<partnership>/<area>/.',
    })
  }
}
