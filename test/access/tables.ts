import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A table beside the tests, written for people. Aliases are its groups. */
export const table = (name: string): Record<string, unknown> =>
  parse(readFileSync(new URL(`${name}.table.yaml`, import.meta.url), 'utf8'), {
    maxAliasCount: -1,
  })
