import { fileURLToPath } from 'node:url'
import { type OpenStore, openStore } from '../../db/open-store.ts'

export const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url))

/** The record, in memory or in files. */
export const caseStore = (database = ':memory:', keys = ':memory:'): OpenStore =>
  openStore({ database, keys, migrations })
