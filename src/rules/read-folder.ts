import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../domain/problem.ts'
import type { SourceFile } from './yaml-file.ts'

/** Files of the rules folder that are not rules or catalogues. */
const others = new Set(['README.md', 'rule.schema.json'])

/**
 * Reads every file of a rules folder, in a fixed order, with paths as a person would write them
 * (`rules/national/…`). This is the only place of `src/rules` that touches the disk.
 */
export function readFolder(folder: string): { files: SourceFile[]; problems: Problem[] } {
  const files: SourceFile[] = []
  const problems: Problem[] = []
  const walk = (relative: string) => {
    const names = readdirSync(join(folder, relative)).sort()
    for (const name of names) {
      const inside = relative === '' ? name : `${relative}/${name}`
      if (name.startsWith('.') || others.has(inside)) continue
      try {
        read(inside)
      } catch (error) {
        problems.push({
          file: shown(inside),
          message: `The file cannot be read (${(error as NodeJS.ErrnoException).code}).`,
          mend: 'Check that it is there and that you may open it.',
        })
      }
    }
  }
  const read = (inside: string) => {
    const path = join(folder, inside)
    const stat = lstatSync(path)
    const file = shown(inside)
    if (stat.isSymbolicLink())
      problems.push({
        file,
        message: 'This is a link to another file.',
        mend: 'Put the file itself here.',
      })
    else if (stat.isDirectory()) walk(inside)
    else if (/\.(yaml|csv|json)$/.test(inside))
      // A file over the limit is still listed, so that the limit can be explained; it is not read whole.
      files.push({
        path: file,
        bytes: stat.size > 1024 * 1024 ? new Uint8Array(stat.size) : readFileSync(path),
      })
    else
      problems.push({
        file,
        message: 'Only .yaml and .csv files live in the rules folder.',
        mend: /\.ya?ml\b/i.test(inside) ? 'Name it <rule>.yaml.' : 'Move it elsewhere.',
      })
  }
  const shown = (inside: string) => `rules/${inside}`
  try {
    walk('')
  } catch (error) {
    problems.push({
      message: `There is no rules folder at "${folder}" (${(error as NodeJS.ErrnoException).code}).`,
      mend: 'Give the folder with --rules DIR, or run the command in the project folder.',
    })
  }
  return { files, problems }
}
