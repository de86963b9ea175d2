import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { CaseStore, ServiceKeyStore, SessionStore } from '../src/casework/ports.ts'
import { accessWriter } from './access.ts'
import { caseFinder } from './case-rows.ts'
import { clinicKeeper } from './clinics.ts'
import { committer } from './commit.ts'
import { dueReader } from './due.ts'
import { eraser } from './erase.ts'
import { eraseAgain } from './erase-again.ts'
import { idempotencyKeeper } from './idempotency.ts'
import type { KeyRing } from './key-ring.ts'
import { type DatabaseKind, markAs, refuseOtherKind } from './kind.ts'
import { caseLister } from './list-cases.ts'
import { bringUpToDate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { openKeysOf } from './open-keys.ts'
import { outboxReader, outboxWriter } from './outbox.ts'
import { accessLogReader } from './read-access-log.ts'
import { caseReader } from './read-case.ts'
import { ruleSetKeeper } from './rule-sets.ts'
import { serviceKeyStore, sessionStore } from './sign-in-store.ts'
import { subjectsOf } from './subjects.ts'
import { neverBlockLong } from './wait-for-others.ts'
import { checkpoint, writeGuard } from './write-guard.ts'

export type StoreFiles = {
  /** The database: a path, or `:memory:`. */
  database: string
  /** The key file, which is backed up apart: a path, or `:memory:`. */
  keys: string
  /** The folder of committed migrations. */
  migrations: string
  /** What the database must be, and is for ever where it is new; whichever it is where left out. */
  kind?: DatabaseKind
  /** How long a write waits for another process, in milliseconds; two seconds where left out. */
  patience?: number
}

/** All that one database holds. */
export type OpenStore = CaseStore & {
  sessions: SessionStore
  serviceKeys: ServiceKeyStore
  /** Whose key is in the key file neither as held nor as destroyed: what was sealed for them is lost. */
  missingKeys(): readonly string[]
}

/**
 * Opens (and where needed creates) the record: the database and the keys that go with it.
 * @throws {WrongKind} where it is a demonstration and is to be none, or the other way round
 * @throws where a file cannot be opened, or the keys are not those of the database
 */
export function openStore(files: StoreFiles): OpenStore {
  const sqlite = openDatabase(files.database)
  try {
    if (files.kind) refuseOtherKind(sqlite, files.kind)
    bringUpToDate(sqlite, files.migrations)
    if (files.kind) markAs(sqlite, files.kind)
    return storeOn(sqlite, openKeysOf(sqlite, files.database, files.keys), files)
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function storeOn(
  sqlite: Database.Database,
  keys: KeyRing,
  { patience }: Pick<StoreFiles, 'patience'>,
): OpenStore {
  const connection = { sqlite, orm: drizzle(sqlite) }
  const guard = writeGuard(sqlite, patience === undefined ? {} : { patience })
  const send = outboxWriter(connection)
  const access = accessWriter(connection, send)
  const idempotency = idempotencyKeeper(connection, keys)
  const parts = { keys, find: caseFinder(connection), access, send, idempotency }
  const commit = committer(connection, parts)
  const erase = eraser(connection, keys, access)
  if (eraseAgain(connection, keys, erase) > 0) checkpoint(sqlite)
  // Until here it waited for whoever opens or migrates at the same time.
  neverBlockLong(sqlite)
  return {
    ...caseReader(connection, parts, guard),
    ...caseLister(connection, parts, guard),
    ...dueReader(connection),
    ...accessLogReader(connection),
    ...clinicKeeper(connection, parts, guard),
    ...ruleSetKeeper(connection, guard, send),
    ...outboxReader(connection, guard),
    commit: async (change) => guard.write(() => commit(change)),
    repeated: async (owner, key) => idempotency.find(owner, key),
    erase: async (child, by) => {
      await guard.write(() => erase(child, by))
      // What was cleared must not stay readable in the log.
      await guard.cutBack()
    },
    sessions: sessionStore(connection, guard),
    serviceKeys: serviceKeyStore(connection, guard),
    missingKeys: () => keys.lacks(subjectsOf(sqlite)),
    writable: async () => guard.open(),
    close: () => {
      sqlite.close()
      keys.close()
    },
  }
}
