import { sql } from 'drizzle-orm'
import { blob, index, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A child. Everything about the person is sealed with the child's own key. */
export const child = sqliteTable(
  'child',
  {
    id: text('id').primaryKey(),
    identity: blob('identity', { mode: 'buffer' }),
    /** When the key was destroyed: nothing sealed can be opened again, and no key is made anew. */
    erasedAt: text('erased_at'),
  },
  (one) => [index('child_erased').on(one.erasedAt).where(sql`erased_at IS NOT NULL`)],
)
