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
import { type Policy, parameterFacts, type ReadPolicy } from './policy.ts'
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

/** The digests of released rules (check/released.ts); a folder may have none. */
const released = 'rules/released.json'

/**
 * Parses the files of a rules folder into a policy. Every problem of every file is reported at
 * once, so that a policy lead mends them in one go. Vocabulary is checked afterwards (check.ts).
 * @param unread the problems of files that could not even be read
 */
export function parsePolicy(
  files: readonly SourceFile[],
  unread: readonly Problem[] = [],
): ParsedPolicy {
  const reader = fileReader(files, unread)
  const facts = reader.catalogue('rules/facts.yaml', factsFileSchema)
  const sources = reader.catalogue('rules/sources.yaml', sourcesFileSchema)
  const disposals = reader.catalogue('rules/disposals.yaml', disposalsFileSchema)
  const parameters = reader.catalogue('rules/parameters.yaml', parametersFileSchema)
  const holidays = reader.catalogue('rules/bank-holidays.yaml', bankHolidaysFileSchema)
  const csv = reader.expected('rules/offences.csv')
  const offences = csv && reader.keep(readOffences(csv))
  const policy: Policy = {
    facts: { ...facts, ...parameterFacts(parameters ?? {}) },
    sources: sources ?? {},
    disposals: disposals ?? [],
    parameters: parameters ?? {},
    offences: offences ?? new Map(),
    bankHolidays: {
      covers: holidays?.covers ?? { from: '9999-12-31', until: '9999-12-31' },
      dates: new Set(holidays?.holidays.map(({ date }) => date)),
    },
    ...readLayers(files, reader),
  }
  const all = [facts, sources, disposals, parameters, holidays, offences]
  return {
    read: { fileOf: reader.fileOf, policy },
    problems: reader.problems,
    cataloguesFine: all.every((one) => one !== undefined),
  }
}

type FileReader = ReturnType<typeof fileReader>

/** Reads one file after the other and keeps the problems of those that cannot be used. */
function fileReader(files: readonly SourceFile[], unread: readonly Problem[]) {
  const problems = [...unread]
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
  /** A file that every folder has. One that could not be read has its problem, and is not missing. */
  const expected = (path: Catalogue): SourceFile | undefined => {
    const found = files.find((one) => one.path === path)
    const misnamed = files.some((one) => isStray(one.path) && didYouMean(one.path, [path]) !== '')
    if (!found && !misnamed && !problems.some(({ file }) => file === path))
      problems.push({
        file: path,
        message: 'This file is missing.',
        mend: 'Every rules folder has one. Was it moved or renamed?',
      })
    return found
  }
  const shaped = <T>(file: SourceFile, schema: z.ZodType<T>): T | undefined => {
    const read = yaml(file)
    return read && keep(readShape(read, schema))
  }
  const catalogue = <T>(path: Catalogue, schema: z.ZodType<T>): T | undefined => {
    const file = expected(path)
    return file && shaped(file, schema)
  }
  return { problems, fileOf, keep, yaml, expected, shaped, catalogue }
}

/** The rules of the national layer and of each partnership. */
function readLayers(
  files: readonly SourceFile[],
  reader: FileReader,
): Pick<Policy, 'rules' | 'partnerships'> {
  const rules: Rule[] = []
  const partnerships: [string, Partnership][] = []
  for (const file of files) {
    const layer = layerOf(file.path)
    if (file.path === released) reader.yaml(file)
    else if (isStray(file.path)) reader.problems.push(strayProblem(file.path))
    else if (layer && file.path === `rules/partnerships/${layer}/partnership.yaml`) {
      const partnership = reader.shaped(file, partnershipSchema)
      if (partnership) partnerships.push([layer, partnership])
    } else if (layer) {
      const yaml = reader.yaml(file)
      const rule = yaml && reader.keep(readRule(yaml))
      if (rule) rules.push({ ...rule, layer, file: file.path })
    }
  }
  return { rules, partnerships: Object.fromEntries(partnerships) }
}

/** The layer in which a file stands: `national`, or a partnership's folder. */
function layerOf(file: string): string | undefined {
  const found = /^rules\/(?:(national)|partnerships\/([a-z]+(?:-[a-z]+)*))\/.+\.yaml$/.exec(file)
  return found?.[1] ?? found?.[2]
}

/** True of a file that is neither a catalogue nor in a layer, which would be passed over. */
const isStray = (file: string): boolean =>
  file !== released && !layerOf(file) && !(catalogues as readonly string[]).includes(file)

function strayProblem(file: string): Problem {
  if (file.startsWith('rules/partnerships/') && file.endsWith('.yaml'))
    return {
      file,
      message: 'This stands in no folder of a partnership.',
      mend: 'Its folder is named in small letters and hyphens: rules/partnerships/<partnership>/<area>/.',
    }
  const known = [...catalogues, released, `rules/national/${file.split('/').slice(2).join('/')}`]
  return {
    file,
    message: `Nothing reads this file where it stands.${didYouMean(
      file,
      known.filter((one) => one !== file),
    )}`,
    mend: 'Rules stand in rules/national/<area>/ and rules/partnerships/<partnership>/<area>/, as .yaml files.',
  }
}
