import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { CaseStore, ServiceKeyStore, SessionStore } from '../../src/casework/ports.ts'
import { keptAnswerOf } from '../record/kept-answer.ts'
import { alone } from './alone.ts'
import { clinicKeeper } from './clinics.ts'
import { committer, type Parts } from './commit.ts'
import { dueReader } from './due.ts'
import { eraser } from './erase.ts'
import { eraseAgain } from './erase-again.ts'
import { caseFinder } from './find-case.ts'
import { type Mark, markAs, refuseOtherKind } from './kind.ts'
import { caseLister } from './list-cases.ts'
import { bringUpToDate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { openKeysOf } from './open-keys.ts'
import { outboxKeeper } from './outbox.ts'
import { accessLogReader } from './read-access-log.ts'
import { caseReader } from './read-case.ts'
import { ruleSetKeeper } from './rule-sets.ts'
import { rowRunner } from './run-rows.ts'
import { serviceKeyStore, sessionStore } from './sign-in-store.ts'
import { missingKeys } from './subjects.ts'
import { underWay } from './until-closed.ts'
import { neverBlockLong } from './wait-for-others.ts'
import { writeGuard } from './write-guard.ts'

export type StoreFiles = {
  /** The database: a path, or `:memory:`. */
  database: string
  /** The key file, which is backed up apart: a path, or `:memory:`. */
  keys: string
  /** The folder of committed migrations. */
  migrations: string
  /** What the database must be, and is for ever where it is new; whichever it is where left out. */
  mark?: Mark
  /** How long a write waits for another process, in milliseconds; two seconds where left out. */
  patience?: number
}

/** All that one database holds. */
export type OpenStore = CaseStore & {
  sessions: SessionStore
  serviceKeys: ServiceKeyStore
  /** Whose key is in the key file neither as held nor as destroyed: what was sealed for them is lost. */
  missingKeys(): Promise<readonly string[]>
}

/**
 * Opens (and where needed creates) the record: the database and the keys that go with it.
 * @throws {WrongKind} where it is a demonstration and is to be none, or the other way round
 * @throws where a file cannot be opened, or the keys are not those of the database
 */
export async function openStore(files: StoreFiles): Promise<OpenStore> {
  const sqlite = openDatabase(files.database)
  try {
    if (files.mark) refuseOtherKind(sqlite, files.mark.kind)
    bringUpToDate(sqlite, files.migrations)
    const connection = { sqlite, orm: drizzle(sqlite) }
    const rows = rowRunner(connection)
    if (files.mark) markAs(sqlite, files.mark, rows)
    const keys = await openKeysOf(sqlite, files.database, files.keys)
    const { patience } = files
    const guard = writeGuard(sqlite, patience === undefined ? {} : { patience })
    const parts = { keys, find: caseFinder(connection), rows, guard }
    const erase = eraser(connection, parts)
    await eraseAgain(connection, keys, erase)
    // Until here it waited for whoever opens or migrates at the same time.
    neverBlockLong(sqlite)
    return closable({ ...storeOn(connection, parts), erase }, sqlite, parts)
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function storeOn(
  connection: Parameters<typeof caseReader>[0],
  parts: Parts,
): Omit<OpenStore, 'erase' | 'close'> {
  const { find, keys, guard } = parts
  const isErased = (child: string) => find.child(child)?.erasedAt !== null
  return {
    ...caseReader(connection, parts),
    ...caseLister(connection, parts),
    ...dueReader(connection),
    ...accessLogReader(connection),
    ...clinicKeeper(connection, parts),
    ...ruleSetKeeper(connection, parts),
    ...outboxKeeper(connection, parts),
    commit: committer(parts),
    repeated: async (owner, key) => keptAnswerOf(find.answer(owner, key), isErased, keys),
    sessions: sessionStore(connection, parts),
    serviceKeys: serviceKeyStore(connection, parts),
    missingKeys: () => missingKeys(connection.sqlite, keys),
    writable: () => guard.open(),
    alone: alone(),
  }
}

/** Once it is to close it takes no more calls, and what is under way is finished first. */
function closable(
  store: Omit<OpenStore, 'close'>,
  sqlite: Database.Database,
  { guard, keys }: Pick<Parts, 'guard' | 'keys'>,
): OpenStore {
  const { counted, ended } = underWay()
  return {
    ...counted(store, ['alone', 'writable']),
    sessions: counted(store.sessions),
    serviceKeys: counted(store.serviceKeys),
    close: async () => {
      await ended()
      await guard.idle()
      sqlite.close()
      await keys.close()
    },
  }
}
