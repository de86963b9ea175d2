import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../domain/problem.ts'
import { largestFile, tooLarge } from './read-text.ts'
import type { SourceFile } from './yaml-file.ts'

/** What a rules folder holds, and the problems of what could not be read. */
export type ReadFolder = { files: SourceFile[]; problems: Problem[] }

/** Files of the rules folder that are not rules or catalogues. */
const others = new Set(['README.md', 'rule.schema.json'])

/**
 * Reads every file of a rules folder, in a fixed order, with paths as a person would write them
 * (`rules/national/…`). With load-built.ts the only place of `src/rules` that touches the disk.
 */
export function readFolder(folder: string): ReadFolder {
  const found: ReadFolder = { files: [], problems: [] }
  const readAll = (inside: string) => {
    for (const name of readdirSync(join(folder, inside)).sort()) {
      const path = inside === '' ? name : `${inside}/${name}`
      if (!name.startsWith('.') && !others.has(path)) readOne(path)
    }
  }
  const readOne = (path: string) => {
    try {
      const stat = lstatSync(join(folder, path))
      if (stat.isDirectory()) return readAll(path)
      const problem = unreadable(`rules/${path}`, stat)
      if (problem) found.problems.push(problem)
      else found.files.push({ path: `rules/${path}`, bytes: readFileSync(join(folder, path)) })
    } catch (error) {
      found.problems.push({
        file: `rules/${path}`,
        message: `This cannot be read (${(error as NodeJS.ErrnoException).code}).`,
        mend: 'Check that it is there and that you may open it.',
      })
    }
  }
  try {
    readAll('')
  } catch (error) {
    found.problems.push({
      message: `There is no rules folder at "${folder}" (${(error as NodeJS.ErrnoException).code}).`,
      mend: 'Give the folder with --rules DIR, or run the command in the project folder.',
    })
  }
  return found
}

/** Why a file is not opened at all, or undefined where it may be. */
function unreadable(file: string, stat: Stats): Problem | undefined {
  if (stat.isSymbolicLink())
    return { file, message: 'This is a link to another file.', mend: 'Put the file itself here.' }
  if (!stat.isFile()) return { file, message: 'This is not an ordinary file.', mend: 'Delete it.' }
  if (!/\.(yaml|csv|json)$/.test(file))
    return {
      file,
      message: 'Only .yaml and .csv files live in the rules folder.',
      mend: /\.ya?ml\b/i.test(file)
        ? `Name it ${file
            .split('/')
            .at(-1)
            ?.replace(/\.ya?ml.*$/i, '.yaml')}.`
        : 'Move it elsewhere.',
    }
  return stat.size > largestFile ? tooLarge(file, stat.size) : undefined
}
