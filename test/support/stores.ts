import { fileURLToPath } from 'node:url'
import { type OpenStore, openStore } from '../../db/open-store.ts'

export const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url))

/** The record, in memory or in files. */
export const caseStore = (database = ':memory:', keys = ':memory:'): OpenStore =>
  openStore({ database, keys, migrations })

/** Which key file goes with a database, and when it is, for the commands under `waymark db`. */
export const keyFiles = {
  keysOf: (database: string): string => database.replace(/\.db$/, '.keys'),
  now: (): string => '2026-11-30T08:00:00.000Z',
}
