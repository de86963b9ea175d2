import type { Problem, Result } from '../../domain/problem.ts'
import type { EventRow, Snapshot } from './record.ts'

/** One thing that was looked at in a database, and what was found. */
export type DatabaseCheck = {
  what:
    | 'pages'
    | 'references'
    | 'strict-tables'
    | 'append-only'
    | 'settings'
    | 'migrations'
    | 'chains'
    | 'cases'
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

/** What can be done to the files of a record. Problems are returned with how to mend them. */
export type DatabaseTools = {
  /** Creates the database where there is none, and brings its tables up to date. */
  migrate(database: string): Result<{ done: number }>
  /** Copies a database, also one in use, into a file that does not exist yet. */
  backup(database: string, to: string): Promise<Result<{ bytes: number }>>
  /**
   * Puts a checked backup in the place of a database. With `force` one that is there is set aside
   * as `….before-restore`; without, it is refused.
   */
  restore(
    backup: string,
    database: string,
    options: { force: boolean },
  ): Result<{ setAside: string | null }>
  check(database: string): Result<readonly DatabaseCheck[]>
  /**
   * Marks a key that is lost as destroyed, so that the service starts without it. Refused where the
   * key is there, and without `forGood`: then it says what it would mean, and changes nothing.
   * @param subject whose key it is: `child:ID`, `victim:CASE:NUMBER` or `clinic:ID`
   */
  giveUpKey(database: string, subject: string, options: { forGood: boolean }): Result<GivenUp>
}

/** A key that was given up, and the cases that something was sealed in with it. */
export type GivenUp = { subject: string; cases: readonly string[] }
