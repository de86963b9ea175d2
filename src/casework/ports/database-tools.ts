import type { Problem, Result } from '../../domain/problem.ts'
import type { EventRow, Snapshot } from './record.ts'

/** One thing that was looked at in a database, and what was found. */
export type DatabaseCheck = {
  /** Each store has things of its own to look at. */
  what: string
  /** What is so where all is well, in a sentence. */
  title: string
  ok: boolean
  /** One sentence each; empty where all is well. Ids and numbers, nothing of anybody. */
  found: readonly string[]
}

/**
 * Compares a history with what is stored beside it, by folding it through the charts; one problem
 * for each thing that differs.
 */
export type Fold = (
  events: readonly EventRow[],
  stored: { referral: Snapshot; deliveries: Readonly<Record<string, Snapshot>> },
) => readonly Problem[]

/** What can be done to one record. Problems are returned with how to mend them. */
export type DatabaseTools = {
  /** Creates the database where there is none, and brings its tables up to date. */
  migrate(): Promise<Result<{ done: number }>>
  /** Looks at everything; with `keys` also whether everybody has the key that they should have. */
  check(options: { keys: boolean }): Promise<Result<readonly DatabaseCheck[]>>
  /**
   * Marks a key that is lost as destroyed, so that the service starts without it. Refused where the
   * key is there, and without `forGood`: then it says what it would mean, and changes nothing.
   * @param subject whose key it is: `child:ID`, `victim:CASE:NUMBER` or `clinic:ID`
   */
  giveUpKey(subject: string, options: { forGood: boolean }): Promise<Result<GivenUp>>
  /** Copies of a record that is a file. A server's are its own tools' work. */
  copies?: DatabaseCopies
}

export type DatabaseCopies = {
  /** Copies a database, also one in use, into a file that does not exist yet. */
  backup(to: string): Promise<Result<{ bytes: number }>>
  /**
   * Puts a checked backup in the place of the database. With `force` one that is there is set aside
   * as `….before-restore`; without, it is refused.
   */
  restore(backup: string, options: { force: boolean }): Promise<Result<{ setAside: string | null }>>
}

/** A key that was given up, and the cases that something was sealed in with it. */
export type GivenUp = { subject: string; cases: readonly string[] }
