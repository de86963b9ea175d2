import type { OpenStore } from '../../db/sqlite/open-store.ts'
import { access, at, caseRow, event, following, full, note } from './changes.ts'

/** Writes a small record with a row of every kind in every table. Everybody in it is made up. */
export async function writeWholeRecord(one: OpenStore): Promise<void> {
  const first = full('case-1', 'words')
  await one.commit(first)
  await one.commit(full('case-2', 'other words', { partnership: 'nottingham' }))
  await one.commit(following(first.row, { notes: [note('n-1', 'without an event')] }))
  await one.read('case-1', ['notes'], access)
  await one.commit(
    following(caseRow('case-1', { version: 2, offences: 2 }), { events: [event('e-9')] }),
  )
  await rulesOf(one)
  await clinicOf(one)
  await doorOf(one)
  await one.list({ scopes: [{ partnership: 'derby' }], limit: 5 }, access)
}

async function rulesOf(one: OpenStore): Promise<void> {
  for (const digest of ['sha256-1', 'sha256-2'])
    await one.keepRuleSet({ digest, partnership: 'derby', content: `content of ${digest}`, at })
  const who = { type: 'ruleSet.loaded' as const, by: access.actor, at }
  for (const [from, digest] of ['sha256-1', 'sha256-2'].entries()) {
    const loaded = { ...who, partnership: 'derby', digest }
    const life = { id: `r-${from}`, digest, event: loaded, notes: { n: 'why' } }
    await one.addRuleSetEvents('derby', from, [life], [])
  }
}

async function clinicOf(one: OpenStore): Promise<void> {
  const row = { id: 'clinic-1', partnership: 'derby', area: null, heldOn: '2026-11-12' }
  await one.planClinic({ ...row, state: 'planned', version: 1 }, access)
  const listed = { clinic: 'clinic-1', case: 'case-1', state: 'listed' as const }
  const now = caseRow('case-1', { version: 3, offences: 2, clinic: 'clinic-1', barred: ['p-3'] })
  await one.commit(following(now, { clinicItems: [listed] }))
  const people = ['p-1', 'p-2'].map((person) => ({
    person,
    name: `Example ${person}`,
    role: 'clinic-chair' as const,
    agency: 'chair' as const,
    way: 'remote' as const,
  }))
  const conflicts = [{ case: 'case-1', person: 'p-3', at }]
  const open = { ...row, state: 'open' as const, version: 2 }
  await one.saveClinic({ row: open, attendance: people, conflicts, minutes: 'words' }, 1, access)
}

async function doorOf(one: OpenStore): Promise<void> {
  const grants = [{ role: 'auditor', agency: 'partnership', partnership: 'derby' }] as const
  const caller = { person: 'auditor-1', grants, by: 'session' as const }
  const times = { startedAt: Date.parse(at), lastSeenAt: Date.parse(at) }
  for (const hashedId of ['a1', 'a2', 'a3'])
    await one.sessions.put({ hashedId, ...times, holds: { kind: 'session', caller } })
  await one.sessions.remove('a3', Date.parse(at))
  const begun = { kind: 'sign-in', state: 's', nonce: 'n', codeVerifier: 'v' } as const
  await one.sessions.put({ hashedId: 'b1', ...times, holds: begun })
  const key = { hashedSecret: 'ab'.repeat(32), system: 'system-1', grants, madeAt: Date.parse(at) }
  for (const id of ['key-1', 'key-2'])
    await one.serviceKeys.put({ ...key, id, expiresAt: Date.parse('2027-11-02T00:00:00Z') })
  await one.serviceKeys.revoke('key-2', Date.parse(at))
}
