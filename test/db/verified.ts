import type Database from 'better-sqlite3'
import type { Mismatch } from '../../db/record/reader.ts'
import { verifyRecord } from '../../db/record/verify.ts'
import { recordReader } from '../../db/sqlite/record-reader.ts'

/** What is not as it was written, as it lies in a database. */
export const mismatchesIn = (database: Database.Database): Promise<Mismatch[]> =>
  verifyRecord(recordReader(database))
