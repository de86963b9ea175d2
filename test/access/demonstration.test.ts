import { describe, expect, it } from 'vitest'
import { mayDo, mayDoSomewhere } from '../../src/access/caller.ts'
import {
  demonstrationCaller,
  demonstrationPeople,
  visitor,
} from '../../src/access/demonstration.ts'
import { type Action, policy } from '../../src/access/policy.ts'
import { idSchema, personRoles } from '../../src/domain/roles.ts'

describe('the people of a demonstration', () => {
  it.each(['derby', 'west-mercia'])('hold every role that a person can hold, in %s', (place) => {
    const held = demonstrationPeople
      .flatMap(({ grants }) => grants)
      .filter(({ partnership }) => partnership === place)
    expect([...new Set(held.map(({ role }) => role))].sort()).toEqual([...personRoles].sort())
    expect(held.filter(({ role }) => role === 'clinic-member').map(({ agency }) => agency)).toEqual(
      ['health', 'education', 'social-care'],
    )
  })

  it('are plainly made up, and each has an id of their own', () => {
    for (const { person, name } of demonstrationPeople) {
      expect(idSchema.safeParse(person).success).toBe(true)
      expect(name).toMatch(/^Demonstration /)
    }
    const ids = demonstrationPeople.map(({ person }) => person)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('can do nothing in the other partnership that holding no role there does not allow', () => {
    const chair = demonstrationCaller('Demonstration chair-1')
    if (chair === 'refused') throw new Error('There is a chair.')
    expect(mayDo(chair, 'event:clinic.decided', { partnership: 'derby' })).toBe(true)
    expect(mayDo(chair, 'event:clinic.decided', { partnership: 'west-mercia' })).toBe(false)
  })

  it('can together do everything that a person can', () => {
    for (const action of Object.keys(policy) as Action[])
      expect(demonstrationPeople.some((person) => mayDoSomewhere(person, action))).toBe(true)
  })
})

describe('a request in a demonstration', () => {
  it('comes from the person that its header names', () => {
    expect(demonstrationCaller('Demonstration chair-2')).toMatchObject({
      person: 'chair-2',
      by: 'demonstration',
      grants: [{ role: 'clinic-chair', partnership: 'west-mercia' }],
    })
  })

  it('comes from a visitor without one, who may do only what anyone may', () => {
    expect(demonstrationCaller(undefined)).toBe(visitor)
    for (const action of Object.keys(policy) as Action[])
      expect(mayDo(visitor, action, { partnership: 'derby' })).toBe(policy[action].who === 'anyone')
  })

  it.each([
    '',
    'Demonstration',
    'Demonstration ',
    'Demonstration chair-3',
    'Demonstration visitor-0',
    'Demonstration CHAIR-1',
    'Demonstration chair-1, Demonstration inspector-1',
    'Demonstration __proto__',
    'Bearer chair-1',
  ])('is refused with the header "%s"', (header) => {
    expect(demonstrationCaller(header)).toBe('refused')
  })
})
