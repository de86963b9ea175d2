import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import { checkCatalogues } from './check/catalogues.ts'
import type { Check } from './check/context.ts'
import { checkDone, checkEffects, checkNeeds } from './check/effects.ts'
import { checkEngine } from './check/engine.ts'
import { checkExamples } from './check/examples.ts'
import { checkFacts, checkUse } from './check/facts.ts'
import { checkIdentity } from './check/identity.ts'
import { checkReleased } from './check/released.ts'
import { checkCatalogueSources, checkRuleSources } from './check/sources.ts'
import { checkSuccession } from './check/succession.ts'
import { checkTests } from './check/tests.ts'
import { checkWords } from './check/words.ts'
import { parsePolicy } from './load.ts'
import type { Policy } from './policy.ts'
import { type ReadFolder, readFolder } from './read-folder.ts'
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
  checkCatalogues,
  checkCatalogueSources,
  checkIdentity,
  checkSuccession,
  checkFacts,
]

/** Laws that one mistake elsewhere would seem to break as well, so they are asked last. */
const lawsOfAFinishedFolder: readonly Check[] = [checkReleased, checkUse]

/** Parses and checks the files of a rules folder. A bad set never becomes a policy. */
export function checkFiles(
  files: readonly SourceFile[],
  unread: readonly Problem[] = [],
): Result<Policy> {
  const { read, problems, cataloguesFine } = parsePolicy(files, unread)
  const ask = (laws: readonly Check[]) => problems.push(...laws.flatMap((law) => law(read)))
  const readable = problems.length === 0
  if (cataloguesFine) ask(lawsOfARule)
  if (readable) ask(lawsOfTheFolder)
  if (problems.length === 0) ask(lawsOfAFinishedFolder)
  return problems.length > 0 ? refuse(...inOrder(problems)) : fine(read.policy)
}

/** Reads, parses and checks a rules folder. */
export const loadPolicy = (folder: string): Result<Policy> => checkFolder(readFolder(folder))

/** Parses and checks what was read of a rules folder. */
export function checkFolder({ files, problems }: ReadFolder): Result<Policy> {
  const nothing = files.length === 0 && problems.length > 0
  return nothing ? refuse(...problems) : checkFiles(files, problems)
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const key = ({ file = '', line = 0, column = 0 }: Problem) =>
    `${file} ${String(line).padStart(6, '0')} ${String(column).padStart(6, '0')}`
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
