import { readFileSync, writeFileSync } from 'node:fs'
import { meaningDigest, releasedSchema, releaseKey } from '../src/rules/check/released.ts'
import { ownPolicy } from './catalogue.ts'

/** Adds every rule that has not been released yet to rules/released.json. Nothing is ever removed. */
const file = 'rules/released.json'
const released = releasedSchema.parse(JSON.parse(readIfThere(file)))
const rules = ownPolicy().rules
let added = 0
for (const rule of rules)
  if (!Object.hasOwn(released, releaseKey(rule))) {
    released[releaseKey(rule)] = meaningDigest(rule)
    added += 1
  }
const sorted = Object.fromEntries(Object.entries(released).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
process.stdout.write(`${added} rules released; ${Object.keys(sorted).length} in all.\n`)

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}'
    throw error
  }
}
