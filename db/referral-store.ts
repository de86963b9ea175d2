import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { ReferralStore, StoredReferral } from '../src/casework/ports.ts'
import type { Case } from '../src/domain/case.ts'
import type { Recommendation } from '../src/domain/recommendation.ts'
import { openDatabase } from './open-database.ts'
import { demonstrationReferral } from './schema.ts'

/**
 * Opens (and where needed creates) the SQLite store, and brings its tables up to date.
 * @param file a path, or `:memory:`
 * @param migrations the folder of committed migrations
 */
export function openReferralStore(
  file: string,
  migrations: string,
): ReferralStore & { close(): void } {
  const sqlite = openDatabase(file)
  const database = drizzle(sqlite)
  migrate(database, { migrationsFolder: migrations })
  return {
    open: async (one: StoredReferral) => {
      database.transaction((tx) => tx.insert(demonstrationReferral).values(one).run(), {
        behavior: 'immediate',
      })
    },
    find: async (reference: string) => {
      const row = database
        .select()
        .from(demonstrationReferral)
        .where(eq(demonstrationReferral.reference, reference))
        .get()
      return (
        row && {
          ...row,
          given: row.given as Case,
          recommendation: row.recommendation as Recommendation,
        }
      )
    },
    close: () => sqlite.close(),
  }
}
