import { describe, expect, it } from 'vitest'
import type { Caller, Grant } from '../../src/access/caller.ts'
import { type Part, parts, partsFor, partsOfRole } from '../../src/access/fields.ts'
import { type Action, policy } from '../../src/access/policy.ts'
import { decidingRoles, type Role, roles } from '../../src/domain/roles.ts'
import { table } from './tables.ts'

const written = table('fields') as Record<string, string[]>
const derby = { partnership: 'derby' }
const holder = (...grants: Partial<Grant>[]): Caller => ({
  person: 'person-1',
  grants: grants.map((grant) => ({
    role: 'auditor',
    agency: 'police',
    partnership: 'derby',
    ...grant,
  })),
  by: 'session',
})
const seenBy = (role: Role): string[] => [...partsFor(holder({ role }), derby, true)].sort()
const may = (role: Role, action: Action) => {
  const { who } = policy[action]
  return Array.isArray(who) && who.includes(role)
}

describe('the table of who sees what', () => {
  it('names every role of the program, and no other', () => {
    expect(Object.keys(written).sort()).toEqual([...roles].sort())
  })

  it.each(roles)('has one mind with the program about what is seen by: %s', (role) => {
    expect(seenBy(role)).toEqual([...(written[role] ?? ['missing'])].sort())
    expect(partsOfRole[role].every((part) => part in parts)).toBe(true)
  })

  it('shows each part to somebody', () => {
    for (const part of Object.keys(parts)) expect(Object.values(written).flat()).toContain(part)
  })
})

describe('what is seen', () => {
  const needed: [Action, Part][] = [
    ['sealed.read', 'sealed'],
    ['victim.record', 'victim'],
  ]
  it.each(needed)('agrees both ways for %s and %s', (action, part) => {
    for (const role of roles) expect(partsOfRole[role].includes(part)).toBe(may(role, action))
  })

  const implied: [Action, Part][] = [
    ['case.read-history', 'history'],
    ['case.read-recommendation', 'recommendation'],
    ['case.explain', 'recommendation'],
    // Findings and stories tell of birthdays.
    ['case.read-recommendation', 'identity'],
    ['case.explain', 'identity'],
    ['victim.read', 'victim-views'],
  ]
  it.each(implied)('lets whoever may %s see the %s', (action, part) => {
    for (const role of roles.filter((one) => may(one, action)))
      expect(partsOfRole[role]).toContain(part)
  })

  it('lets nobody who decides see the protected answers', () => {
    for (const role of [...decidingRoles, 'clinic-member', 'team-leader'] as const)
      expect(partsOfRole[role]).not.toContain('protected')
  })

  it('keeps a victim’s details from everybody but the one who speaks with the victim', () => {
    expect(roles.filter((role) => partsOfRole[role].includes('victim'))).toEqual([
      'victim-liaison-officer',
    ])
  })

  it('keeps who the child is from whoever watches, counts, scrutinises or runs the service', () => {
    for (const role of [
      'scrutiny-member',
      'information-analyst',
      'auditor',
      'administrator',
      'service',
      'policy-lead',
      'rule-approver',
    ] as const)
      expect(partsOfRole[role]).not.toContain('identity')
  })

  it('is what all the roles of one person in that place show together', () => {
    const two = holder({ role: 'auditor' }, { role: 'information-analyst' })
    expect([...partsFor(two, derby, false)].sort()).toEqual(['decision', 'history', 'protected'])
  })

  it('is of an open case nothing that a role for closed cases alone would show', () => {
    const two = holder({ role: 'victim-liaison-officer' }, { role: 'scrutiny-member' })
    expect(partsFor(two, derby, true).has('recommendation')).toBe(true)
    expect(partsFor(two, derby, false).has('recommendation')).toBe(false)
    expect([...partsFor(two, derby, false)].sort()).toEqual(seenBy('victim-liaison-officer'))
    expect([...partsFor(holder({ role: 'scrutiny-member' }), derby, false)]).toEqual([])
  })

  it('is never what is protected for somebody who decides there, whatever else they are', () => {
    for (const role of [...decidingRoles, 'clinic-member', 'team-leader'] as const) {
      const both = holder({ role }, { role: 'information-analyst' })
      expect([role, partsFor(both, derby, false).has('protected')]).toEqual([role, false])
    }
    const elsewhere = holder(
      { role: 'clinic-chair', area: 'north' },
      { role: 'information-analyst' },
    )
    expect(partsFor(elsewhere, { ...derby, area: 'north' }, false).has('protected')).toBe(false)
    expect(partsFor(elsewhere, { ...derby, area: 'south' }, false).has('protected')).toBe(true)
  })

  it('is nothing in another partnership, nor outside the area of the role', () => {
    const one = holder({ role: 'clinic-chair', area: 'city-centre' })
    expect(partsFor(one, { ...derby, area: 'city-centre' }, false).has('identity')).toBe(true)
    for (const elsewhere of [
      derby,
      { ...derby, area: 'north' },
      { partnership: 'west-mercia', area: 'city-centre' },
    ])
      expect([...partsFor(one, elsewhere, false)]).toEqual([])
  })
})
