import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { StoreBusy, StoreClosedToWrites, StoreFull } from '../../src/casework/ports.ts'
import { type Came, together } from './together.ts'
import { patiently, servicePatience, withoutBlocking } from './wait-for-others.ts'

/** Every write goes through here: immediate transactions, and what their failure means. */
export type WriteGuard = {
  /**
   * Runs `work` in a transaction that holds the right to write from its first statement, and
   * answers when it is durable. What waits at the same time shares that transaction, each in a
   * savepoint of its own: what throws is undone alone. Where another process holds the right, all
   * of it is tried again for a while; meanwhile other requests are answered.
   * @throws {StoreClosedToWrites} after the disk failed, now or before
   * @throws {StoreFull | StoreBusy} where trying again later may do
   */
  write<T>(work: () => T): Promise<T>
  /** Moves the write-ahead log into the database and cuts it to nothing, as far as readers let it. */
  cutBack(): Promise<void>
  /** Whether writes are taken. Where the last one found no room, one is tried. */
  open(): Promise<boolean>
  /** When nothing waits to be written any more. */
  idle(): Promise<void>
}

/** After how many writes the size of the log is looked at, and at what size it is cut back. */
const lookEvery = 64
const cutBackAt = 64 * 1024 * 1024

/** @param patience how long a write waits for another process, in milliseconds */
export function writeGuard(
  database: Database.Database,
  { patience = servicePatience }: { patience?: number } = {},
): WriteGuard {
  const group = database.transaction((works: readonly (() => unknown)[]) => {
    // One that is alone is undone with the transaction, which is what undoes it.
    if (works.length === 1) return works.map((work) => ({ value: work() }))
    return works.map((work) => inSavepoint(database, work))
  })
  const unblocked = withoutBlocking(database)
  let state: 'open' | 'full' | 'failed' = 'open'
  let writes = 0
  /** What a failure means for the writes that come after it, and to whoever asked. */
  const failure = (error: unknown): unknown => {
    const code = codeOf(error)
    // What the disk holds now is not known: only opening the file anew can tell.
    if (failedForGood.test(code)) state = 'failed'
    else if (code === 'SQLITE_FULL') state = 'full'
    return state === 'failed' ? closed(error) : known(code, error)
  }
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw failure(error)
    }
  }
  const queue = together<() => unknown, unknown>(async (works) => {
    const came = await patiently(() => {
      if (state === 'failed') throw closed()
      return attempt(() => unblocked(() => group.immediate(works)))
    }, patience)
    writes += works.length
    tidy()
    return came.map((one) => ('error' in one ? { error: failure(one.error) } : one))
  })
  const write = <T>(work: () => T): Promise<T> => queue.add(work) as Promise<T>
  /** What was written is written: that its log could not be cut back is told by the next write. */
  const tidy = () => {
    if (writes < lookEvery || !database.open) return
    writes = 0
    if (sizeOfLog(database) <= cutBackAt) return
    try {
      checkpoint(database)
    } catch (error) {
      failure(error)
    }
  }
  const hasRoom = () =>
    write(() => takeRoom(database)).then(
      () => true,
      () => false,
    )
  return {
    write,
    idle: queue.idle,
    cutBack: () =>
      patiently(() => {
        if (!unblocked(() => checkpoint(database))) throw busy()
      }, patience).catch(unlessBusy),
    open: async () => {
      // A write that changes nothing finds room on any disk: only this one tells.
      if (state === 'full' && (await hasRoom())) state = 'open'
      return state === 'open' && database.open && !database.readonly
    },
  }
}

/** One of several in a transaction. What the disk does not take is no failure of one alone. */
function inSavepoint(database: Database.Database, work: () => unknown): Came<unknown> {
  try {
    return { value: database.transaction(work)() }
  } catch (error) {
    if (!database.inTransaction || ofTheDisk.test(codeOf(error))) throw error
    return { error }
  }
}

const failedForGood = /^SQLITE_(IOERR|CORRUPT|NOTADB|READONLY)/
const ofTheDisk = /^SQLITE_(IOERR|CORRUPT|NOTADB|READONLY|FULL)/

/** Writes as much as a small act needs, and takes it away again. */
function takeRoom(database: Database.Database): void {
  database.exec('CREATE TABLE waymark_room (a BLOB) STRICT')
  database.exec('INSERT INTO waymark_room VALUES (zeroblob(65536))')
  database.exec('DROP TABLE waymark_room')
}

/**
 * Moves the write-ahead log into the database and cuts it to nothing, as far as readers let it.
 * @returns whether it could
 */
export const checkpoint = (database: Database.Database): boolean =>
  (database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[])[0]?.busy === 0

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
  return code.startsWith('SQLITE_BUSY') ? busy(error) : error
}

const busy = (cause?: unknown) =>
  new StoreBusy('Somebody else was writing for too long. Try again.', { cause })

function unlessBusy(error: unknown): void {
  if (!(error instanceof StoreBusy)) throw error
}

const closed = (cause?: unknown) =>
  new StoreClosedToWrites(
    'The disk failed or the database is damaged: no write is taken. Look at the disk, run "waymark db check", and start the service again.',
    { cause },
  )
