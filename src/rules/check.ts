import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import type { Check } from './check/context.ts'
import { checkDone, checkEffects, checkNeeds, checkWords } from './check/effects.ts'
import { checkEngine } from './check/engine.ts'
import { checkExamples } from './check/examples.ts'
import { checkFacts } from './check/facts.ts'
import { checkIdentity, checkSuccession } from './check/identity.ts'
import { checkReleased } from './check/released.ts'
import { checkCatalogueSources, checkRuleSources } from './check/sources.ts'
import { checkTests } from './check/tests.ts'
import { parsePolicy } from './load.ts'
import type { Policy } from './policy.ts'
import { readFolder } from './read-folder.ts'
import type { SourceFile } from './yaml-file.ts'

/** Laws that look at one rule and the catalogues. */
const lawsOfARule: readonly Check[] = [
  checkTests,
  checkNeeds,
  checkRuleSources,
  checkExamples,
  checkDone,
  checkWords,
  checkEngine,
]

/** Laws that look at the folder as a whole, worth asking once every file can be read. */
const lawsOfTheFolder: readonly Check[] = [
  checkEffects,
  checkCatalogueSources,
  checkIdentity,
  checkSuccession,
  checkReleased,
  checkFacts,
]

/** Parses and checks the files of a rules folder. A bad set never becomes a policy. */
export function checkFiles(files: readonly SourceFile[]): Result<Policy> {
  const { read, problems, cataloguesFine } = parsePolicy(files)
  const laws = [
    ...(cataloguesFine ? lawsOfARule : []),
    ...(problems.length === 0 ? lawsOfTheFolder : []),
  ]
  const all = [...problems, ...laws.flatMap((law) => law(read))]
  return all.length > 0 ? refuse(...inOrder(all)) : fine(read.policy)
}

/** Reads, parses and checks a rules folder. */
export function loadPolicy(folder: string): Result<Policy> {
  const { files, problems } = readFolder(folder)
  const checked = checkFiles(files)
  if (problems.length === 0) return checked
  return refuse(...inOrder([...problems, ...(checked.ok ? [] : checked.problems)]))
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const key = ({ file = '', line = 0, column = 0 }: Problem) =>
    `${file} ${String(line).padStart(6, '0')} ${String(column).padStart(6, '0')}`
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
