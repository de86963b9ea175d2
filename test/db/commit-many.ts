import { openStore } from '../../db/sqlite/open-store.ts'
import { migrations } from '../support/stores.ts'
import { caseRow, event, following, note, opening } from './changes.ts'

/** Commits many times beside others: node … commit-many.ts DATABASE KEYS NAME TIMES */
const [database = '', keys = '', name = '', times = '0'] = process.argv.slice(2)
const store = await openStore({ database, keys, migrations, patience: 60_000 })
let stale = 0
for (let i = 0; i < Number(times); i += 1) {
  await store.commit(opening(`${name}-${i}`, { events: [event(`e-${name}-${i}`)] }))
  for (;;) {
    const row = (await store.whereIs('shared-1')) ?? caseRow('shared-1')
    const id = `${name}-${i}-${row.version}`
    const change = following(row, { events: [event(`s-${id}`)], notes: [note(`n-${id}`, 'words')] })
    if ((await store.commit(change)).kind === 'done') break
    stale += 1
  }
}
await store.close()
process.stdout.write(JSON.stringify({ stale }))
