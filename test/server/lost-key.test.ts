import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { full } from '../db/changes.ts'
import { builtWaymark, type Started, start } from '../support/built.ts'
import { smallRules } from '../support/console.ts'
import { caseStore } from '../support/stores.ts'

const own = mkdtempSync(join(tmpdir(), 'waymark-lost-'))
const started: Started[] = []
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  rmSync(own, { recursive: true })
})

const environment = {
  PORT: '0',
  WAYMARK_DEMO: '0',
  WAYMARK_LOG: 'none',
  WAYMARK_RULES: smallRules,
  WAYMARK_DATABASE: join(own, 'waymark.db'),
  // Not beside the database: the command finds it by the same setting.
  WAYMARK_KEYS: join(own, 'apart.keys'),
}
function run(...argv: string[]): Started {
  const one = start(builtWaymark, argv, environment)
  started.push(one)
  return one
}
/** What the service says on standard error from its start to its end. */
async function served(): Promise<string> {
  const one = run('dist/src/server.js')
  await one.says(/^Waymark answers at /)
  one.child.kill('SIGTERM')
  expect(await one.ended).toBe(0)
  return one.said.error
}
const lose = (subject: string) => {
  const keys = new Database(environment.WAYMARK_KEYS)
  keys.prepare('DELETE FROM subject_key WHERE subject = ?').run(subject)
  keys.close()
}

it('a service that lost its newest key starts again once the key was given up, and says which others are lost', async () => {
  const store = await caseStore(environment.WAYMARK_DATABASE, environment.WAYMARK_KEYS)
  for (const id of ['case-1', 'case-2', 'case-3']) await store.commit(full(id, 'words'))
  await store.close()
  expect(await served()).not.toContain('lost')
  lose('child:child-of-case-3')
  lose('victim:case-1:1')
  const refused = run('dist/src/server.js')
  expect(await refused.ended).toBe(1)
  expect(refused.said.error).toContain('lacks the key of child:child-of-case-3, the newest child')
  const command = run('bin/waymark.js', 'db', 'give-up-key', 'child:child-of-case-3', '--for-good')
  expect([await command.ended, command.said.error]).toEqual([0, ''])
  expect(await served()).toContain(
    '1 key is lost, in the key file neither as held nor as destroyed: victim:case-1:1. What was',
  )
  const again = await caseStore(environment.WAYMARK_DATABASE, environment.WAYMARK_KEYS)
  expect((await again.whereIs('case-3'))?.erasedAt).not.toBeNull()
  expect((await again.whereIs('case-2'))?.erasedAt).toBeNull()
  await again.close()
})
