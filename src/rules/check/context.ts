import type { Problem } from '../../domain/problem.ts'
import type { ReadPolicy } from '../policy.ts'
import type { Rule } from '../schema.ts'
import type { YamlFile } from '../yaml-file.ts'

/** What a check is given, and the problem it may find at a place of a rule's file. */
export type Check = (read: ReadPolicy) => Problem[]

export function fileOf(read: ReadPolicy, file: string): YamlFile {
  const yaml = read.fileOf.get(file)
  if (!yaml) throw new Error(`${file} was checked but never read`)
  return yaml
}

/** Runs a check over every rule of the policy. */
export const eachRule =
  (check: (rule: Rule, yaml: YamlFile, read: ReadPolicy) => Problem[]): Check =>
  (read) =>
    read.policy.rules.flatMap((rule) => check(rule, fileOf(read, rule.file), read))
