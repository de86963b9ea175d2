import { setTimeout as pause } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { StoreBusy } from '../../src/casework/ports.ts'

/**
 * Waiting for another process that writes. SQLite waits by itself, but blocks all that the process
 * does meanwhile: so it hardly waits here, and what found the database busy is tried again.
 */

/** How long a write of the service waits for another process, in milliseconds, without a block. */
export const servicePatience = 2_000

/** How long a statement may block for another process, in milliseconds: nothing is answered then. */
const blocksFor = 100

/**
 * Tries again while another process writes. The first try is made at once, and none blocks.
 * @param patience how long to wait between tries in all, in milliseconds
 */
export async function patiently<T>(attempt: () => T, patience: number): Promise<T> {
  let waited = 0
  for (let wait = 2; ; wait = Math.min(2 * wait, 25))
    try {
      return attempt()
    } catch (error) {
      if (!(error instanceof StoreBusy) || waited + wait > patience) throw error
      await pause(wait)
      waited += wait
    }
}

/** Makes what runs statements that fail at once where another process writes. */
export function withoutBlocking(database: Database.Database): <T>(work: () => T) => T {
  const atOnce = database.prepare('PRAGMA busy_timeout = 0')
  const soon = database.prepare(`PRAGMA busy_timeout = ${blocksFor}`)
  return (work) => {
    atOnce.get()
    try {
      return work()
    } finally {
      soon.get()
    }
  }
}

/** Reads hardly ever wait for a writer; where one must, it is not for long. */
export const neverBlockLong = (database: Database.Database): void =>
  void database.pragma(`busy_timeout = ${blocksFor}`)
