import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { type OpenStore, openStore } from '../../db/sqlite/open-store.ts'
import { withFolder } from './folder.ts'
import { clockFrom, contact, deliveringRow, opening } from './made-up.ts'
import { compare, inTurns, type Line } from './measure.ts'
import { sameRows } from './same-rows.ts'

const names = {
  insert: 'bare insert of one row of the same bytes',
  rows: 'bare transaction of the same rows',
  event: 'event through the store',
  rowsOfMany: '16 bare transactions of the same rows',
  eventsOfMany: '16 events at once through the store',
} as const
const writers = 16

/** Durable case events through the store, against better-sqlite3 with nothing of ours around it. */
export const benchStore = (): Promise<Line[]> =>
  withFolder(async (folder) => {
    const now = clockFrom()
    const store = await openStore({
      database: join(folder, 'record.db'),
      keys: join(folder, 'record.keys'),
      migrations: 'db/sqlite/migrations',
    })
    const cases = await Promise.all(
      Array.from({ length: writers }, () => deliveredCase(store, now)),
    )
    const [one] = cases
    const bare = openDatabase(join(folder, 'bare.db'))
    bare.exec('CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
    const insert = bare.prepare('INSERT INTO event (body) VALUES (?)')
    const same = sameRows(join(folder, 'same.db'))
    const body = 'x'.repeat(same.bytes)
    const times = await inTurns(
      {
        [names.insert]: () => insert.run(body),
        [names.rows]: () => same.write(),
        [names.event]: () => one?.(),
        [names.rowsOfMany]: () => {
          for (let i = 0; i < writers; i += 1) same.write()
        },
        [names.eventsOfMany]: () => Promise.all(cases.map((next) => next())),
      },
      { rounds: 600, warm: 150 },
    )
    await store.close()
    bare.close()
    same.close()
    const group = 'A durable event through the store'
    return [
      compare(times, names.event, names.rows, { group, target: 1.3 }),
      compare(times, names.eventsOfMany, names.rowsOfMany, { group, target: 1.2 }),
      compare(times, names.event, names.insert, { group }),
      compare(times, names.rows, names.insert, { group }),
    ]
  })

/** A case, and what records the next contact in it. */
async function deliveredCase(store: OpenStore, now: () => string): Promise<() => Promise<void>> {
  const delivery = randomUUID()
  let row = deliveringRow(now())
  await store.commit(opening(row, row.openedAt))
  return async () => {
    const change = contact(row, delivery, now())
    row = change.row
    const done = await store.commit(change)
    if (done.kind !== 'done') throw new Error(`The event was not kept: ${done.kind}.`)
  }
}
