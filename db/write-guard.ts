import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { StoreBusy, StoreClosedToWrites, StoreFull } from '../src/casework/ports.ts'

/** Every write goes through here: one immediate transaction, and what its failure means. */
export type WriteGuard = {
  /**
   * Runs `work` in one transaction that holds the right to write from its first statement.
   * @throws {StoreClosedToWrites} after the disk failed, now or before
   * @throws {StoreFull | StoreBusy} where trying again later may do
   */
  write<T>(work: () => T): T
  open(): boolean
}

/** After how many writes the size of the log is looked at, and at what size it is cut back. */
const lookEvery = 64
const cutBackAt = 64 * 1024 * 1024

export function writeGuard(database: Database.Database): WriteGuard {
  const transaction = database.transaction((work: () => unknown) => work())
  let failed = false
  let writes = 0
  return {
    write: <T>(work: () => T): T => {
      if (failed) throw closed()
      try {
        const result = transaction.immediate(work) as T
        writes += 1
        if (writes % lookEvery === 0 && sizeOfLog(database) > cutBackAt) checkpoint(database)
        return result
      } catch (error) {
        const code = codeOf(error)
        // What the disk holds now is not known: only opening the file anew can tell.
        failed ||= /^SQLITE_(IOERR|CORRUPT|NOTADB|READONLY)/.test(code)
        if (failed) throw closed(error)
        throw known(code, error)
      }
    },
    open: () => !failed && database.open && !database.readonly,
  }
}

/** Moves the write-ahead log into the database and cuts it to nothing, as far as readers let it. */
export const checkpoint = (database: Database.Database): void =>
  void database.pragma('wal_checkpoint(TRUNCATE)')

const sizeOfLog = ({ name }: Database.Database): number =>
  statSync(`${name}-wal`, { throwIfNoEntry: false })?.size ?? 0

/** SQLite's code of an error, or of what caused it. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { code } = error as Error & { code?: unknown }
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : codeOf(error.cause)
}

function known(code: string, error: unknown): unknown {
  if (code === 'SQLITE_FULL')
    return new StoreFull('There is no room to write. Make some; nothing was written.', {
      cause: error,
    })
  if (code.startsWith('SQLITE_BUSY'))
    return new StoreBusy('Somebody else was writing for too long. Try again.', { cause: error })
  return error
}

const closed = (cause?: unknown) =>
  new StoreClosedToWrites(
    'The disk failed or the database is damaged: no write is taken. Look at the disk, run "waymark db check", and start the service again.',
    { cause },
  )
