import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeSync } from 'node:fs'
import { type OpenStore, openStore } from '../../db/sqlite/open-store.ts'
import { act } from '../../src/casework/act.ts'
import type { Deps, Outcome, Repeatable } from '../../src/casework/casework.ts'
import type { Acted } from '../../src/casework/draft.ts'
import { openCase, referralSchema } from '../../src/casework/open-case.ts'
import type { Change } from '../../src/casework/ports.ts'
import { answersSchema, recordFacts } from '../../src/casework/record-facts.ts'
import { sweep } from '../../src/casework/sweep.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { restoreRuleSet } from '../../src/rules/kept-rule-set.ts'

/**
 * Opens cases and moves them on until it is killed, and says of each change, in one line, that it is
 * kept: node write-until-killed.js RULES MIGRATIONS DATABASE KEYS HOW [CASE PLACE]. With a case,
 * it writes to that one, whoever else does, answers that no other place gives.
 */
const [rules = '', migrations = '', database = '', keys = '', how = '', shared, place = '0'] =
  process.argv.slice(2)

/** What was acknowledged. */
export type Acknowledged = { case: string; version: number; key: string }
const say = (one: Acknowledged) => writeSync(1, `${JSON.stringify(one)}\n`)

const kept = JSON.parse(readFileSync(rules, 'utf8')) as { digest: string; text: string }
const ruleSet = restoreRuleSet(kept.text, kept.digest)
writeSync(1, 'ready\n')
await once(process.stdin, 'data')

// On a busy machine another process may hold the lock for long; the tests are not about that.
const real = await openStore({ database, keys, migrations, patience: 60_000 })
const store = { early: early(real), halves: halves(real), sweep: told(real) }[how] ?? real
const deps: Deps = {
  store,
  ruleSet: () => ruleSet,
  evaluate: evaluateCompiled,
  now: () => new Date().toISOString(),
  today: () => '2026-11-02',
  newId: randomUUID,
}
const as = (person: string, role: string, agency: string) => ({
  caller: {
    person,
    by: 'session' as const,
    grants: [{ role: role as never, agency: agency as never, partnership: 'derby' }],
  },
  requestId: 'request-1',
})
const officer = as('officer-1', 'referring-officer', 'police')
const leader = as('team-leader-1', 'team-leader', 'youth-justice')
const worker = as('practitioner-1', 'youth-justice-practitioner', 'youth-justice')

/** The second time, the first answer: it is stored with what was done. */
const answeredOnce = (key: string): Repeatable => ({
  owner: 'worker-1',
  key,
  request: `digest-of-${key}`,
  answer: ({ id, version }) => ({ status: 200, headers: {}, body: `${id} ${version}` }),
})

async function change(carryOut: (repeatable: Repeatable) => Promise<Outcome<Acted>>) {
  const key = randomUUID()
  const outcome = await carryOut(answeredOnce(key))
  if (outcome.ok && how === 'kept')
    say({ case: outcome.value.id, version: outcome.value.version, key })
  if (outcome.ok || outcome.why === 'stale') return outcome.ok ? outcome.value : undefined
  throw new Error(JSON.stringify(outcome))
}

const referral = referralSchema.parse({
  partnership: 'derby',
  child: { name: 'Example Child' },
  facts: { 'child.date_of_birth': '2011-05-14', 'case.entry': 'voluntary-interview' },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
})
const care = (answer: string) =>
  answersSchema.parse({ answers: [{ fact: 'child.care_status', answer, evidence: 'A letter.' }] })
const answers = ['looked-after', 'none', 'looked-after', 'none'].map(care)

async function oneCase() {
  const opened = await change((key) => openCase(deps, officer, referral, key))
  if (!opened) throw new Error('A new case is never stale.')
  const { id } = opened
  const now = async () => (await store.whereIs(id))?.version ?? 0
  const version = await now()
  await change((key) => act(deps, leader, id, version, { type: 'referral.accepted' }, key))
  for (const input of answers) {
    const next = await now()
    await change((key) => recordFacts(deps, worker, id, next, input, key))
  }
}

/** Writes to a case that others write to as well, from the version that it has just seen. */
async function sharedCase(id: string, turn: number) {
  const version = (await store.whereIs(id))?.version ?? 0
  const answer = Number(place) * 100_000 + turn
  const input = answersSchema.parse({ answers: [{ fact: 'child.earlier_convictions', answer }] })
  await change((key) => recordFacts(deps, worker, id, version, input, key))
}

if (how === 'sweep') await sweep({ ...deps, today: () => '2026-12-01' }, { limit: 1_000 })
/** Four cases at once, so that what is killed is a transaction that several acts share. */
const atOnce = how === 'kept' && !shared ? 4 : 1
const write = async () => {
  for (let turn = 1; ; turn += 1) await (shared ? sharedCase(shared, turn) : oneCase())
}
await Promise.all(Array.from({ length: atOnce }, write))

/** Says after each commit that it is done, as the sweeper itself tells nobody. */
function told(one: OpenStore): OpenStore {
  return {
    ...one,
    commit: async (given: Change) => {
      const came = await one.commit(given)
      say({ case: given.row.id, version: given.row.version, key: '' })
      return came
    },
  }
}

/** Says that a change is kept before it is. */
function early(one: OpenStore): OpenStore {
  return {
    ...one,
    commit: async (given: Change) => {
      say({ case: given.row.id, version: given.row.version, key: given.idempotency?.key ?? '' })
      return one.commit(given)
    },
  }
}

/** Writes the events first, and where the case stands in a transaction of its own: between the two,
 * where it moved, it waits to be killed. */
function halves(one: OpenStore): OpenStore {
  return {
    ...one,
    commit: async (given: Change) => {
      const { row, access, from, ...rest } = given
      const before = await one.whereIs(row.id)
      if (before?.snapshot.value === row.snapshot.value || !before) return one.commit(given)
      await one.commit({ ...rest, row: { ...row, snapshot: before.snapshot }, from, access })
      say({ case: row.id, version: row.version, key: given.idempotency?.key ?? '' })
      await once(process.stdin, 'data')
      return one.commit({ row: { ...row, version: row.version + 1 }, from: row.version, access })
    },
  }
}
