import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/casework/casework.ts'
import { fileParts } from '../../src/casework/ports.ts'
import { listVictims, recordVictim, victimSchema } from '../../src/casework/victims.ts'
import type { CaseInput } from '../../src/domain/case.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { waitingIn } from '../support/outbox.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()
const read = readCase({ path: 'worked-case.yaml', bytes: readFileSync('docs/worked-case.yaml') })
if (!read.ok) throw new Error('The worked case cannot be read.')
const worked = read.value
const liaison = 'victim-liaison-1'
const access = {
  actor: { person: 'auditor-1', role: 'auditor', agency: 'partnership' },
  at: '2026-11-02T10:00:00.000Z',
  action: 'case.read',
  requestId: 'request-2',
} as const

async function caseWith(changes: Partial<CaseInput> = {}) {
  const casework = await caseworkOn(policy)
  const { id } = granted(await casework.open('officer-1', { ...worked, ...changes }))
  const record = async (which: number | 'new', input: object, person = liaison) => {
    const version = (await casework.store.whereIs(id))?.version ?? 0
    const parsed = victimSchema.parse(input)
    return recordVictim(casework.deps, casework.as(person), id, version, which, parsed)
  }
  const list = async (person: string) =>
    granted(await listVictims(casework.deps, casework.as(person), id))
  const file = async () => {
    const found = await casework.store.read(id, fileParts, access)
    if (!found) throw new Error('no case')
    return found
  }
  const factsOf = async (number: number) =>
    Object.fromEntries(
      (await list(liaison))[number - 1]?.facts.map(({ fact, answer }) => [fact, answer]) ?? [],
    )
  return { ...casework, id, record, list, file, factsOf }
}
const messages = (outcome: Outcome<unknown>) =>
  outcome.ok || outcome.why !== 'unusable' ? [] : outcome.problems.map(({ message }) => message)
const consent = {
  kind: 'consent',
  what: 'answered',
  on: '2026-11-01',
  askedBy: 'police',
  agrees: 'yes',
  scope: ['contact', 'restorative-justice', 'views-to-clinic'],
}
const someone = { facts: [{ fact: 'victim.kind', answer: 'person' }] }

describe('a new victim', () => {
  test('gets the next number, and the rules run again with one more', async () => {
    const { record, list, store, id } = await caseWith()
    const before = await store.whereIs(id)
    const outcome = granted(await record('new', { ...someone, offences: [1] }))
    expect(outcome.victim).toBe(2)
    expect((await list(liaison)).map(({ number, offences }) => [number, offences])).toEqual([
      [1, null],
      [2, [1]],
    ])
    expect((await store.whereIs(id))?.recommendation).not.toBe(before?.recommendation)
  })

  test('of an offence that the case does not have is refused', async () => {
    const { record } = await caseWith()
    expect(messages(await record('new', { ...someone, offences: [2] }))).toEqual([
      'There is no offence 2, or it is named twice: the case has 1.',
    ])
  })

  test('makes the number of victims that was given before one more', async () => {
    const { record, file } = await caseWith({
      facts: { ...worked.facts, 'case.number_of_victims': 1 },
    })
    granted(await record('new', someone))
    const { answers } = await file()
    expect(answers.find(({ fact }) => fact === 'case.number_of_victims')?.answer).toBe(2)
  })

  test('takes back what was said of there being no victim', async () => {
    const { victims: _victims, ...rest } = worked
    const { record, file } = await caseWith({
      ...rest,
      victims: undefined,
      facts: { ...worked.facts, 'victim.kind': 'none' },
    } as CaseInput)
    granted(await record('new', someone))
    const kinds = (await file()).answers.filter(({ fact }) => fact === 'victim.kind')
    expect(kinds.map(({ about, answer }) => [about.what, answer])).toEqual(
      expect.arrayContaining([
        ['referral', null],
        ['victim', 'person'],
      ]),
    )
  })
})

describe('consent', () => {
  test('shows that it is recorded, its scope and that it stands', async () => {
    const { record, factsOf } = await caseWith()
    granted(await record('new', { ...someone, entry: consent }))
    expect(await factsOf(2)).toMatchObject({
      'victim.consents_to_contact': 'yes',
      'victim.consent_recorded': 'yes',
      'victim.consent_scope': ['contact', 'restorative-justice', 'views-to-clinic'],
      'victim.consent_withdrawn': 'no',
    })
  })

  test('that is refused is an answer too, and covers nothing', async () => {
    const { record, factsOf } = await caseWith()
    const { scope: _scope, ...refused } = { ...consent, agrees: 'no' }
    granted(await record('new', { ...someone, entry: refused }))
    expect(await factsOf(2)).toMatchObject({
      'victim.consents_to_contact': 'no',
      'victim.consent_recorded': 'yes',
      'victim.consent_scope': [],
    })
  })

  test('says who asked and what it covers, or is not taken', () => {
    const wrong = (changes: object) =>
      victimSchema.safeParse({ entry: { ...consent, ...changes } }).error?.issues[0]?.message
    expect(wrong({})).toBeUndefined()
    expect(wrong({ askedBy: undefined })).toBe('is missing: say who asked')
    expect(wrong({ agrees: undefined })).toBe('is missing: say what the victim answered')
    expect(wrong({ scope: [] })).toBe('is missing: say what the victim agreed to')
    expect(wrong({ agrees: 'no' })).toBe('says what was agreed to, but the victim did not agree')
  })

  test('to something that the rules do not know is refused', async () => {
    const { record } = await caseWith()
    const outcome = await record('new', {
      ...someone,
      entry: { ...consent, scope: ['everything'] },
    })
    expect(messages(outcome)[0]).toContain('"victim.consent_scope" takes a list of: contact,')
  })

  test('taken back in part leaves the rest, and the rules see that some was taken back', async () => {
    const { record, factsOf } = await caseWith()
    granted(
      await record(1, {
        entry: { kind: 'consent', what: 'withdrawn', on: '2026-11-02', scope: ['views-to-clinic'] },
      }),
    )
    expect(await factsOf(1)).toMatchObject({
      'victim.consents_to_contact': 'yes',
      'victim.consent_withdrawn': 'yes',
      'victim.consent_scope': ['contact', 'restorative-justice'],
    })
  })

  test('taken back without saying which part leaves nothing', async () => {
    const { record, factsOf } = await caseWith()
    granted(await record(1, { entry: { kind: 'consent', what: 'withdrawn', on: '2026-11-02' } }))
    expect((await factsOf(1))['victim.consent_scope']).toEqual([])
  })

  test('that was never given cannot be taken back', async () => {
    const { record } = await caseWith()
    granted(await record('new', someone))
    const back = { kind: 'consent', what: 'withdrawn', on: '2026-11-02' }
    expect(messages(await record(2, { entry: back }))).toEqual([
      'No agreement stands that could be taken back.',
    ])
    expect(messages(await record(1, { entry: { ...back, scope: ['views-to-child'] } }))).toEqual([
      'This was not agreed to, so it cannot be taken back.',
    ])
  })
})

describe('what else is recorded', () => {
  test('shows its facts: views, safety, a request for restorative justice, being told', async () => {
    const { record, factsOf } = await caseWith()
    granted(await record('new', someone))
    const on = '2026-11-02'
    granted(
      await record(2, {
        entry: { kind: 'views', on, view: 'I want it mended.', supportsInformal: 'yes' },
      }),
    )
    granted(await record(2, { entry: { kind: 'safety', on, ongoingContact: 'yes' } }))
    granted(await record(2, { entry: { kind: 'request', on, what: 'restorative-justice' } }))
    granted(await record(2, { entry: { kind: 'contact', on, how: 'letter', about: 'decision' } }))
    expect(await factsOf(2)).toMatchObject({
      'victim.views_sought': 'yes',
      'victim.view': 'I want it mended.',
      'victim.supports_informal': 'yes',
      'victim.ongoing_contact': 'yes',
      'victim.wants_restorative_justice': 'yes',
      'victim.told_of_decision': 'yes',
      'victim.told_of_decision_on': '2026-11-02',
    })
  })

  test('and was asked for goes out as a notice without words', async () => {
    const { record, store, id } = await caseWith()
    const entry = {
      kind: 'request',
      on: '2026-11-02',
      what: 'other',
      words: 'Tell my sister first',
    }
    granted(await record(1, { entry }))
    const notices = (await waitingIn(store, 100)).filter(
      ({ body }) => body.notice === 'victim-asked',
    )
    expect(notices).toMatchObject([{ body: { to: ['youth-justice'], victim: 1, case: id } }])
    expect(JSON.stringify(notices)).not.toContain('sister')
  })

  test('of who the victim is stands in no event and among no facts', async () => {
    const { record, store, id, list, file } = await caseWith()
    const events = (await store.history(id, access)).length
    granted(await record(1, { entry: { kind: 'identity', name: 'Wilhelmina Testcase' } }))
    expect(await store.history(id, access)).toHaveLength(events)
    expect(JSON.stringify((await file()).answers)).not.toContain('Wilhelmina')
    expect((await list(liaison))[0]?.entries).toMatchObject([
      { kind: 'identity', content: { name: 'Wilhelmina Testcase' } },
    ])
  })

  test('from tomorrow is refused, from today it is taken', async () => {
    const { record } = await caseWith()
    const entry = { kind: 'contact', how: 'visit', about: 'progress' }
    expect(messages(await record(1, { entry: { ...entry, on: '2026-11-03' } }))).toEqual([
      'The day is still to come.',
    ])
    expect((await record(1, { entry: { ...entry, on: '2026-11-02' } })).ok).toBe(true)
  })

  test('is a fact about a victim, once, and nothing about the child', async () => {
    const { record } = await caseWith()
    const facts = (...ids: string[]) => ({ facts: ids.map((fact) => ({ fact, answer: 'yes' })) })
    expect(messages(await record(1, facts('child.self_harm_concern')))).toEqual([
      '"child.self_harm_concern" is not about a victim.',
    ])
    expect(messages(await record(1, facts('victim.views_saught')))).toEqual([
      'I don\'t know the fact "victim.views_saught". Did you mean "victim.views_sought"?',
    ])
    const twice = { ...facts('victim.views_sought'), entry: { kind: 'views', on: '2026-11-02' } }
    expect(messages(await record(1, twice))).toEqual([
      '"victim.views_sought" follows from the entry already.',
    ])
    expect(messages(await record(1, {}))).toEqual(['There is nothing to record.'])
  })

  test('with an answer that does not fit points to the answer', async () => {
    const { record } = await caseWith()
    const outcome = await record(1, { facts: [{ fact: 'victim.kind', answer: 'company' }] })
    expect(outcome).toMatchObject({ problems: [{ pointer: '/facts/0/answer' }] })
  })

  test('of a victim who is not there finds nobody', async () => {
    const { record } = await caseWith()
    expect(await record(3, someone)).toEqual({ ok: false, why: 'absent' })
  })
})

describe('who sees and records', () => {
  test('everything is shown to those who work with victims', async () => {
    const { record, list } = await caseWith()
    granted(
      await record(1, { entry: { kind: 'safety', on: '2026-11-02', concerns: 'The way home' } }),
    )
    const [one] = await list(liaison)
    expect(JSON.stringify(one?.entries)).toContain('The way home')
    expect(one?.facts.map(({ fact }) => fact)).toContain('victim.ongoing_contact')
  })

  test('the chair sees what the victim thinks, where the victim agreed, and nothing else', async () => {
    const { list } = await caseWith()
    const [one] = await list('chair-1')
    expect(one?.facts.map(({ fact }) => fact).sort()).toEqual([
      'victim.supports_informal',
      'victim.view',
      'victim.wants_restorative_justice',
    ])
    expect(one).not.toHaveProperty('entries')
  })

  test('the chair is told only that the victim was asked, where the views are not to be shared', async () => {
    const { record, list } = await caseWith()
    const on = '2026-11-02'
    granted(
      await record(1, {
        entry: { kind: 'consent', what: 'withdrawn', on, scope: ['views-to-clinic'] },
      }),
    )
    granted(await record('new', someone))
    expect(await list('chair-1')).toEqual([
      {
        number: 1,
        offences: null,
        facts: [],
        says: 'The victim was asked. Nothing says that the clinic may hear the answer.',
      },
      { number: 2, offences: null, facts: [], says: 'Nothing says yet that the victim was asked.' },
    ])
  })

  test('what was taken back stays so, whatever is recorded about the scope since', async () => {
    const { record, list } = await caseWith()
    const on = '2026-11-02'
    granted(await record(1, { entry: { kind: 'consent', what: 'withdrawn', on } }))
    const scope = { fact: 'victim.consent_scope', answer: ['contact', 'views-to-clinic'] }
    const notTaken = { fact: 'victim.consent_withdrawn', answer: 'no' }
    granted(await record(1, { facts: [scope, notTaken] }))
    expect((await list('chair-1'))[0]?.facts).toEqual([])
    granted(await record(1, { entry: { ...consent, on } }))
    expect((await list('chair-1'))[0]?.facts.length).toBe(3)
  })

  test('what was taken back in part keeps the rest shared, and that part to nobody', async () => {
    const { record, list } = await caseWith()
    const on = '2026-11-02'
    const back = (part: string) =>
      record(1, { entry: { kind: 'consent', what: 'withdrawn', on, scope: [part] } })
    granted(await back('restorative-justice'))
    expect((await list('chair-1'))[0]?.facts.length).toBe(3)
    granted(await back('views-to-clinic'))
    expect((await list('chair-1'))[0]?.facts).toEqual([])
  })

  test('an answer that consent was taken back counts as all of it, without any entry', async () => {
    const { record, list } = await caseWith()
    const said = (answer: string) =>
      record(1, { facts: [{ fact: 'victim.consent_withdrawn', answer }] })
    granted(await said('yes'))
    expect((await list('chair-1'))[0]?.facts).toEqual([])
    granted(await said('no'))
    expect((await list('chair-1'))[0]?.facts.length).toBe(3)
  })

  test('reading is logged as such, for one person and once', async () => {
    const { list, store, id } = await caseWith()
    await list('chair-1')
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], case: id, limit: 20 })
    expect(
      log.filter(({ action }) => action === 'victim.read').map(({ actor }) => actor.person),
    ).toEqual(['chair-1'])
  })

  test('nobody else reads or records: not a social worker, not another partnership', async () => {
    const { deps, as, id, record } = await caseWith()
    expect(await listVictims(deps, as('social-worker-1'), id)).toMatchObject({ why: 'not-allowed' })
    expect(await listVictims(deps, as('victim-liaison-2'), id)).toEqual({
      ok: false,
      why: 'absent',
    })
    expect(await record(1, someone, 'chair-1')).toMatchObject({ why: 'not-allowed' })
  })

  test('a case that somebody changed first is not written to', async () => {
    const { deps, as, id } = await caseWith()
    const input = victimSchema.parse(someone)
    expect(await recordVictim(deps, as(liaison), id, 0, 'new', input)).toEqual({
      ok: false,
      why: 'stale',
    })
  })
})
