import { fileURLToPath } from 'node:url'
import { type OpenStore, openStore } from '../../db/sqlite/open-store.ts'

export const migrations = fileURLToPath(new URL('../../db/sqlite/migrations', import.meta.url))

/** The record, in memory or in files. */
export const caseStore = async (database = ':memory:', keys = ':memory:'): Promise<OpenStore> =>
  openStore({ database, keys, migrations })
