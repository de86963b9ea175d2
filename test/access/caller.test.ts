import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actorFor,
  type Caller,
  type Grant,
  mayDo,
  mayDoSomewhere,
  partnershipsFor,
  scopesFor,
} from '../../src/access/caller.ts'
import { type Action, policy } from '../../src/access/policy.ts'
import { agencies } from '../../src/domain/lists.ts'
import { roles } from '../../src/domain/roles.ts'
import { always } from '../support/always.ts'

const who = (...grants: Grant[]): Caller => ({ person: 'person-1', grants, by: 'session' })
const chair = { role: 'clinic-chair', agency: 'chair' } as const
const scrutiny = { role: 'scrutiny-member', agency: 'partnership' } as const
const analyst = { role: 'information-analyst', agency: 'partnership' } as const
const derby = { partnership: 'derby' }
const centre = { partnership: 'derby', area: 'city-centre' }
const north = { partnership: 'derby', area: 'north' }

describe('what somebody holds in', () => {
  const inDerby = who({ ...chair, ...derby })
  const inCentre = who({ ...chair, ...centre })
  it.each([
    ['a whole partnership', inDerby, 'its cases', derby, true],
    ['a whole partnership', inDerby, 'the cases of its areas', centre, true],
    ['a whole partnership', inDerby, 'another partnership', { partnership: 'west-mercia' }, false],
    [
      'a whole partnership',
      inDerby,
      'one with a longer name',
      { partnership: 'derbyshire' },
      false,
    ],
    ['a whole partnership', inDerby, 'no partnership', { partnership: '' }, false],
    ['one area', inCentre, 'the cases of that area', centre, true],
    ['one area', inCentre, 'the cases of another area', north, false],
    ['one area', inCentre, 'cases whose area is not known', derby, false],
    [
      'one area',
      inCentre,
      'an area of that name elsewhere',
      { ...centre, partnership: 'west-mercia' },
      false,
    ],
    ['no place', who(), 'anywhere', derby, false],
  ] as const)('%s counts or not in %s', (_, caller, __, where, counts) => {
    expect(mayDo(caller, 'case.read', where)).toBe(counts)
    expect(actorFor(caller, 'case.read', where)).toEqual(
      counts ? { person: 'person-1', ...chair } : undefined,
    )
  })
})

describe('the actor', () => {
  it('is the first role that may, not the first that is held', () => {
    const both = who({ ...analyst, ...derby }, { ...chair, ...derby })
    expect(actorFor(both, 'case.read', derby)?.role).toBe('clinic-chair')
    expect(actorFor(both, 'case.list', derby)?.role).toBe('information-analyst')
    expect(actorFor(both, 'case.erase', derby)).toBeUndefined()
  })

  it('looks at closed cases only where no other role of theirs may look at open ones', () => {
    const both = who({ ...scrutiny, ...derby }, { ...chair, ...centre })
    expect(actorFor(both, 'case.read', centre)?.role).toBe('clinic-chair')
    expect(actorFor(both, 'case.read', north)?.role).toBe('scrutiny-member')
  })

  it('never carries a name', () => {
    const named = { ...who({ ...chair, ...derby }), name: 'Demonstration Chair' }
    expect(Object.keys(actorFor(named, 'case.read', derby) ?? {}).sort()).toEqual([
      'agency',
      'person',
      'role',
    ])
  })

  it('of what any signed-in caller may do is somebody who holds a role, wherever it is', () => {
    const elsewhere = who({ ...analyst, partnership: 'west-mercia' })
    expect(actorFor(elsewhere, 'recommendation.ask', derby)?.role).toBe('information-analyst')
    expect(actorFor(who(), 'recommendation.ask', derby)).toBeUndefined()
    expect(mayDo(who(), 'recommendation.ask', derby)).toBe(false)
  })

  it('may be nobody where anyone may', () => {
    expect(mayDo(who(), 'rules.read', derby)).toBe(true)
    expect(actorFor(who(), 'rules.read', derby)).toBeUndefined()
  })
})

describe('the scope of a list', () => {
  const caller = who(
    { ...chair, ...derby },
    { ...analyst, ...derby },
    { ...chair, partnership: 'west-mercia', area: 'north' },
    { role: 'auditor', agency: 'partnership', partnership: 'nottingham' },
  )
  it('holds each partnership once, and none where the role may not', () => {
    expect(partnershipsFor(caller, 'case.list')).toEqual(['derby'])
    expect(partnershipsFor(caller, 'audit.read')).toEqual(['nottingham'])
    expect(partnershipsFor(caller, 'case.erase')).toEqual([])
  })

  it('holds no whole partnership where a role is for one area of it', () => {
    expect(partnershipsFor(caller, 'event:clinic.decided')).not.toContain('west-mercia')
    expect(scopesFor(caller, 'event:clinic.decided')).toEqual([
      derby,
      { partnership: 'west-mercia', area: 'north' },
    ])
  })
})

const places = ['derby', 'derbyshire', 'west-mercia']
const areas = ['city-centre', 'north']
const grant: fc.Arbitrary<Grant> = fc
  .record({
    role: fc.constantFrom(...roles),
    agency: fc.constantFrom(...agencies),
    partnership: fc.constantFrom(...places),
    area: fc.option(fc.constantFrom(...areas), { nil: undefined }),
  })
  .map(({ area, ...rest }) => (area === undefined ? rest : { ...rest, area }))
const asked = fc.record({
  grants: fc.array(grant, { maxLength: 4 }),
  action: fc.constantFrom(...(Object.keys(policy) as Action[])),
  partnership: fc.constantFrom(...places),
})

describe('for every caller', () => {
  it('a listed partnership is one where the caller may, in each of its areas', () =>
    always(asked, 2000, ({ grants, action }) => {
      const caller = who(...grants)
      for (const partnership of partnershipsFor(caller, action))
        for (const area of areas) expect(mayDo(caller, action, { partnership, area })).toBe(true)
    }))

  it('what may be done somewhere at the door may be done in one of the scopes', () =>
    always(asked, 2000, ({ grants, action }) => {
      const caller = who(...grants)
      const scopes = scopesFor(caller, action)
      expect(scopes.every((scope) => mayDo(caller, action, scope))).toBe(true)
      if (policy[action].who !== 'anyone')
        expect(mayDoSomewhere(caller, action)).toBe(scopes.length > 0)
    }))

  it('one role more never takes away what the others allow', () =>
    always(fc.tuple(asked, grant), 2000, ([{ grants, action, partnership }, more]) => {
      if (mayDo(who(...grants), action, { partnership }))
        expect(mayDo(who(...grants, more), action, { partnership })).toBe(true)
    }))

  it('whoever acts does so in a role that they hold there and that may', () =>
    always(asked, 2000, ({ grants, action, partnership }) => {
      const actor = actorFor(who(...grants), action, { partnership })
      const { who: allowed } = policy[action]
      if (!actor || !Array.isArray(allowed)) return
      expect(allowed).toContain(actor.role)
      expect(
        grants.some(
          (one) => one.role === actor.role && one.partnership === partnership && !one.area,
        ),
      ).toBe(true)
    }))
})
