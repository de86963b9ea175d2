import { describe, expect, it } from 'vitest'
import { chartNames, contextSchemaOf } from '../../machines/charts.ts'
import { effectSchema } from '../../src/domain/effect.ts'
import { eventSchema } from '../../src/domain/events.ts'
import { reasons } from '../../src/domain/reasons.ts'
import { decidingRoles, idSchema, personRoles } from '../../src/domain/roles.ts'
import { samples } from './samples.ts'
import { standings } from './standings.ts'

const canaries = ['Jane Smith', 'Mia', '12 High Street', 'jane@example.org', 'he said that he', '']

/** Every way of putting a canary in the place of one text inside a value. */
function tainted(value: unknown, canary: string): unknown[] {
  if (typeof value === 'string') return [canary]
  if (Array.isArray(value))
    return value.flatMap((item, i) =>
      tainted(item, canary).map((bad) => value.map((same, j) => (i === j ? bad : same))),
    )
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) =>
    tainted(item, canary).map((bad) => ({ ...value, [key]: bad })),
  )
}

/** Every way of adding a key that nobody asked for, at any depth. */
function widened(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value))
    return value.flatMap((item, i) =>
      widened(item).map((bad) => value.map((same, j) => (i === j ? bad : same))),
    )
  return [
    { ...value, name: 'Jane' },
    ...Object.entries(value).flatMap(([key, item]) =>
      widened(item).map((bad) => ({ ...value, [key]: bad })),
    ),
  ]
}

describe.each(chartNames)('the events of the %s chart', (name) => {
  it.each(Object.entries(samples[name]))('%s takes no name and no words, anywhere', (_, event) => {
    expect(eventSchema.safeParse(event).error).toBeUndefined()
    for (const canary of canaries)
      for (const bad of tainted(event, canary))
        expect(eventSchema.safeParse(bad).success).toBe(false)
    for (const bad of widened(event)) expect(eventSchema.safeParse(bad).success).toBe(false)
  })

  it('its snapshots take none either', () => {
    const schema = contextSchemaOf(name)
    for (const [, context] of Object.values(standings[name])) {
      expect(schema.safeParse(context).error).toBeUndefined()
      for (const canary of canaries)
        for (const bad of tainted(context, canary))
          expect(schema.safeParse(bad).success).toBe(false)
      for (const bad of widened(context)) expect(schema.safeParse(bad).success).toBe(false)
    }
  })
})

it('an effect takes none either', () => {
  const effect = { kind: 'task', task: 'assess', of: 'youth-justice' }
  expect(effectSchema.safeParse(effect).success).toBe(true)
  for (const bad of [...tainted(effect, 'Mia'), ...widened(effect)])
    expect(effectSchema.safeParse(bad).success).toBe(false)
})

it.each(['jane', 'jane-smith', 'Jane-1', 'a1 b', '-1', '1-', `${'a1'.repeat(33)}`])(
  'an id is not %s',
  (id) => {
    expect(idSchema.safeParse(id).success).toBe(false)
  },
)

it.each(['person-1', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'c_01h8', '7'])(
  'an id may be %s',
  (id) => {
    expect(idSchema.safeParse(id).success).toBe(true)
  },
)

describe('a coded reason', () => {
  it.each(Object.entries(reasons))('of what is %s ends with "other"', (_, codes) => {
    expect(codes.at(-1)).toBe('other')
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('"other" cannot go without words in the record', () => {
    const event = samples.referral['case.postponed']
    const because = (reason: object) => eventSchema.safeParse({ ...event, reason }).success
    expect(because({ code: 'other' })).toBe(false)
    expect(because({ code: 'other', noteId: 'note-1' })).toBe(true)
    expect(because({ code: 'no-such-reason' })).toBe(false)
  })
})

it('an instant is UTC, and a day is a day that exists', () => {
  const held = samples.referral['case.held']
  const takes = (change: object) => eventSchema.safeParse({ ...held, ...change }).success
  expect(takes({ at: '2026-03-02T09:30:00+01:00' })).toBe(false)
  expect(takes({ at: '2026-03-02' })).toBe(false)
  expect(takes({ reviewOn: '2026-02-30' })).toBe(false)
})

it('a decision names each offence once', () => {
  const decided = samples.referral['clinic.decided']
  const one = { offence: 1, disposal: 'youth-caution', standing: 'open' }
  const takes = (chosen: object[]) => eventSchema.safeParse({ ...decided, chosen }).success
  expect(takes([one, { ...one, offence: 2, disposal: 'no-further-action' }])).toBe(true)
  expect(takes([one, { ...one, disposal: 'no-further-action' }])).toBe(false)
  expect(takes([])).toBe(false)
})

it('who may decide about a child is a person', () => {
  for (const role of decidingRoles) expect(personRoles).toContain(role)
})
