import { describe, expect, it } from 'vitest'
import { identityFacts } from '../../src/casework/shown-answers.ts'
import { roles } from '../../src/domain/roles.ts'
import { canaries, plantedCase, promised } from '../support/planted.ts'
import { realPolicy } from '../support/real-rules.ts'

/** The calls that tell of one case, and the lists. */
const places = (id: string) => [
  `/v1/cases`,
  `/v1/chase-list?partnership=derby`,
  ...['', '/history', '/explanation', '/recommendation', '/recommendations', '/checklists'].map(
    (rest) => `/v1/cases/${id}${rest}`,
  ),
  `/v1/cases/${id}/victims`,
  `/v1/cases/${id}/victims/1`,
]
const people = roles.filter((role) => role !== 'sweeper')
const waiting = await plantedCase('preparing')
const open = await plantedCase('delivering')
const closed = await plantedCase('closed')

/** All that a role is answered about a case, by where. */
async function answers(role: (typeof people)[number], one: typeof open, purpose?: string) {
  const all = new Map<string, string>()
  for (const path of places(one.id)) all.set(path, (await one.ask(role, path, purpose)).text)
  return all
}

describe('what the service answers to each role, held against what the table of parts promises', () => {
  it.each(people)('holds nothing that is not promised to: %s', async (role) => {
    for (const [one, isClosed] of [
      [waiting, false],
      [open, false],
      [closed, true],
    ] as const)
      for (const [path, text] of await answers(role, one, 'inspection'))
        for (const { name, found, may } of canaries)
          if (found.test(text))
            expect([path, name, may(promised(role, isClosed))]).toEqual([path, name, true])
  })

  it('shows everything that was planted to somebody, so that a canary can be found at all', async () => {
    const seen = new Set<string>()
    for (const role of people)
      for (const text of (await answers(role, closed)).values())
        for (const { name, found } of canaries) if (found.test(text)) seen.add(name)
    expect([...seen].sort()).toEqual(canaries.map(({ name }) => name).sort())
  })

  it('tells in what is chased why it is not known, to those alone who may read words', async () => {
    const chased = async (role: (typeof people)[number]) =>
      (await waiting.ask(role, '/v1/chase-list?partnership=derby')).text
    expect(await chased('team-leader')).toContain('canary because')
    const text = await chased('referring-officer')
    expect(text).toContain('child.consents_to_conditions')
    expect(text).not.toContain('canary')
  })

  it('gives a service key codes and days, and no words that anybody wrote', async () => {
    const texts = [...(await answers('service', open)).values()].join()
    expect(texts).toContain('diversionary-activity')
    expect(texts).not.toMatch(/canary/)
  })

  it('gives the officer who gives a disposal its conditions, and not what was confided', async () => {
    const { text } = await open.ask('referring-officer', `/v1/cases/${open.id}`)
    expect(text).toContain('canary condition')
    expect(text).not.toMatch(/canary (tied|reasons|childswords|lesser|dissent|departure|evidence)/)
  })

  it('tells victim liaison what was decided, and no words of it', async () => {
    const { text } = await open.ask('victim-liaison-officer', `/v1/cases/${open.id}`)
    expect(text).toContain('"disposal":"diversionary-activity"')
    expect(text).not.toMatch(/canary (condition|tied|reasons|childswords|note)/)
  })
})

/** Whether the sealed answer stands in it, wherever. */
function tellsOf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { fact, answer, given } = value as Record<string, unknown>
  if (fact === 'home.recent_behaviour_described' && (answer === 'no' || given === 'no')) return true
  return Object.values(value).some(tellsOf)
}

describe('what was sealed', () => {
  const answered = (text: string) =>
    tellsOf(JSON.parse(text)) ||
    /recent behaviour has been described: no/.test(text) ||
    text.includes('canary sealed')
  const mayUnseal = ['police-decision-maker', 'team-leader']

  it.each(people)(
    'is shown with a purpose alone, and only to those who may read it: %s',
    async (role) => {
      for (const [path, text] of await answers(role, closed))
        expect([path, answered(text)]).toEqual([path, false])
      const unsealed = [...(await answers(role, closed, 'inspection')).values()].filter(answered)
      expect(unsealed.length > 0).toBe(mayUnseal.includes(role))
    },
  )

  it('is in the case said to be sealed, with who gave it', async () => {
    const { text } = await open.ask('youth-justice-practitioner', `/v1/cases/${open.id}`)
    const { facts } = JSON.parse(text) as { facts: { fact: string }[] }
    const one = facts.find(({ fact }) => fact === 'home.recent_behaviour_described')
    expect(one).toMatchObject({ sealed: true, suppliedBy: 'youth-justice' })
    expect(one).not.toHaveProperty('answer')
  })

  it('is logged as read where it was shown', async () => {
    const { work, id, ask } = await plantedCase('delivering')
    await ask('team-leader', `/v1/cases/${id}`, 'inspection')
    await ask('team-leader', `/v1/cases/${id}`)
    const log = await work.store.accessLog({
      scopes: [{ partnership: 'derby' }],
      case: id,
      limit: 2,
    })
    expect(log.map(({ action, purpose }) => [action, purpose])).toEqual([
      ['case.read', undefined],
      ['sealed.read', 'inspection'],
    ])
  })
})

describe('facts that are answered in words', () => {
  it('are each kept with the child’s identity, with what is protected, or with a victim', () => {
    const all = Object.entries(realPolicy().facts).filter(
      ([id, fact]) =>
        !id.startsWith('parameter.') && JSON.stringify(fact.answers).includes('"text"'),
    )
    expect(all.length).toBeGreaterThan(2)
    for (const [id, fact] of all)
      expect([
        id,
        identityFacts.includes(id) || fact.protected === 'yes' || id.startsWith('victim.'),
      ]).toEqual([id, true])
  })
})
