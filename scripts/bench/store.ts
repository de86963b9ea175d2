import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openDatabase } from '../../db/open-database.ts'
import { openStore } from '../../db/open-store.ts'
import { withFolder } from './folder.ts'
import { clockFrom, contact, deliveringRow, opening } from './made-up.ts'
import { compare, inTurns, type Line } from './measure.ts'
import { sameRows } from './same-rows.ts'

const names = {
  insert: 'bare insert of one row of the same bytes',
  rows: 'bare transaction of the same rows',
  event: 'event through the store',
} as const

/** A durable case event through the store, against better-sqlite3 with nothing of ours around it. */
export const benchStore = (): Promise<Line[]> =>
  withFolder(async (folder) => {
    const now = clockFrom()
    const store = openStore({
      database: join(folder, 'record.db'),
      keys: join(folder, 'record.keys'),
      migrations: 'db/migrations',
    })
    const delivery = randomUUID()
    const first = deliveringRow(now())
    await store.commit(opening(first, first.openedAt))
    let row = first
    const bare = openDatabase(join(folder, 'bare.db'))
    bare.exec('CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
    const insert = bare.prepare('INSERT INTO event (body) VALUES (?)')
    const same = sameRows(join(folder, 'same.db'))
    const body = 'x'.repeat(same.bytes)
    const times = await inTurns(
      {
        [names.insert]: () => insert.run(body),
        [names.rows]: () => same.write(),
        [names.event]: async () => {
          const change = contact(row, delivery, now())
          row = change.row
          const done = await store.commit(change)
          if (done.kind !== 'done') throw new Error(`The event was not kept: ${done.kind}.`)
        },
      },
      { rounds: 1_500, warm: 300 },
    )
    store.close()
    bare.close()
    same.close()
    const group = 'A durable event through the store'
    return [
      compare(times, names.event, names.rows, { group, target: 1.2 }),
      compare(times, names.event, names.insert, { group, target: 1.2 }),
      compare(times, names.rows, names.insert, { group }),
    ]
  })
