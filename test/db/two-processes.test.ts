import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { access, opening } from './changes.ts'
import { storeFolder } from './store-folder.ts'
import { mismatchesIn } from './verified.ts'

const { file, store, database } = storeFolder()
const run = promisify(execFile)
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

it('two processes commit at once, to cases of their own and to one they share, and lose nothing', async () => {
  const one = await store()
  await one.commit(opening('shared-1'))
  const times = 60
  const commit = (name: string) =>
    run(process.execPath, [
      '--import',
      path('../support/run-typescript.mjs'),
      path('commit-many.ts'),
      file('waymark.db'),
      file('waymark.keys'),
      name,
      String(times),
    ])
  await Promise.all([commit('first'), commit('second')])
  expect((await one.whereIs('shared-1'))?.version).toBe(1 + 2 * times)
  const shared = await one.read('shared-1', ['notes'], access)
  expect(shared?.notes).toHaveLength(2 * times)
  const seqs = (await one.history('shared-1', access)).map(({ seq }) => seq)
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
  const raw = database()
  expect(await mismatchesIn(raw)).toEqual([])
  expect(raw.prepare('SELECT count(*) FROM case_event').pluck().get()).toBe(4 * times)
})
