import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { DatabaseCheck } from '../../src/casework/ports.ts'
import { fine, type Result, refuse } from '../../src/domain/problem.ts'
import { sync } from './sync.ts'

type Asked = {
  from: string
  file: string
  force: boolean
  check(file: string): Promise<Result<readonly DatabaseCheck[]>>
}

/** The database, its write-ahead log and the log's index. */
const parts = ['', '-wal', '-shm']

/**
 * Puts a backup in the place of a database. The backup is copied first and the copy checked, so
 * that nothing is moved unless what takes its place is sound.
 */
export async function restore({
  from,
  file,
  force,
  check,
}: Asked): Promise<Result<{ setAside: string | null }>> {
  const aside = `${file}.before-restore`
  const copy = `${file}.restoring`
  const there = existsSync(file)
  if (there && !force) return refuse(inTheWay(file, aside))
  if (there && existsSync(aside)) return refuse(asideTaken(aside))
  if (there && inUse(file)) return refuse(stillInUse(file))
  try {
    copyFileSync(from, copy)
    const checked = await check(copy)
    if (!checked.ok) return checked
    const wrong = checked.value.filter(({ ok, what }) => !ok && what !== 'migrations')
    if (wrong.length > 0) return refuse(unsound(from, wrong))
    if (there) setAside(file, aside)
    putInPlace(copy, file)
    return fine({ setAside: there ? aside : null })
  } finally {
    for (const part of parts) rmSync(copy + part, { force: true })
  }
}

function setAside(file: string, aside: string): void {
  for (const part of parts) if (existsSync(file + part)) renameSync(file + part, aside + part)
}

/**
 * Puts the copy where the database was. Whatever a power cut leaves, no database meets the log of
 * another; and once this returns, what is written next can rest on it.
 */
function putInPlace(copy: string, file: string): void {
  sync(copy)
  sync(dirname(file))
  renameSync(copy, file)
  sync(dirname(file))
}

/** Whether somebody has the database open. One too damaged to be opened is not in use. */
export function inUse(file: string): boolean {
  try {
    const database = new Database(file, { timeout: 100 })
    try {
      // Only who is alone with a database may leave its write-ahead log.
      database.pragma('journal_mode = DELETE')
      database.pragma('journal_mode = WAL')
      return false
    } finally {
      database.close()
    }
  } catch (error) {
    return (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ?? false
  }
}

const inTheWay = (file: string, aside: string) => ({
  message: `There is a database "${file}" already.`,
  mend: `Add --force to set it aside as "${aside}".`,
})
const asideTaken = (aside: string) => ({
  message: `There is a file "${aside}" already, from a restore before this one.`,
  mend: 'Move it away first; it is never overwritten.',
})
export const stillInUse = (file: string) => ({
  message: `The database "${file}" is in use.`,
  mend: 'Stop the service first.',
})
const unsound = (from: string, wrong: readonly DatabaseCheck[]) => ({
  message: `The backup "${from}" is not sound: ${wrong.flatMap(({ what, found }) => found.slice(0, 3).map((says) => `${what}: ${says}`)).join('; ')}.`,
  mend: 'Nothing was changed. Use another backup; "waymark db check" shows all that is wrong with one.',
})
