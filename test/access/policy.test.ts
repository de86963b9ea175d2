import { describe, expect, it } from 'vitest'
import { referralMachine } from '../../machines/referral.machine.ts'
import type { Caller } from '../../src/access/caller.ts'
import { mayDo } from '../../src/access/caller.ts'
import { eventRoles, programEvents } from '../../src/access/event-policy.ts'
import { type Action, closedOnly, isAction, policy } from '../../src/access/policy.ts'
import { eventSays } from '../../src/domain/events.ts'
import { decidingRoles, machineRoles, type Role, roles } from '../../src/domain/roles.ts'
import { table } from './tables.ts'

const written = table('policy')
const rows = Object.entries(written.actions as Record<string, string | unknown[]>).map(
  ([action, who]): [string, 'anyone' | 'signed-in' | string[]] => [
    action,
    Array.isArray(who) ? (who.flat(2) as string[]) : (who as 'anyone'),
  ],
)
const actions = Object.keys(policy) as Action[]
const where = { partnership: 'derby' }
const holder = (role: Role): Caller => ({
  person: 'person-1',
  grants: [{ role, agency: 'police', partnership: 'derby' }],
  by: 'session',
})
const allowed = (role: Role) => actions.filter((action) => mayDo(holder(role), action, where))
const open = actions.filter((action) => policy[action].who === 'anyone')
const signedIn = actions.filter((action) => policy[action].who === 'signed-in')

describe('the table of who may do what', () => {
  it('names every action of the program, and no other', () => {
    expect(rows.map(([action]) => action).sort()).toEqual([...actions].sort())
  })

  it.each(rows)('has one mind with the program about who may: %s', (action, who) => {
    const may = roles.filter((role) => mayDo(holder(role), action as Action, where))
    const all = who === 'anyone' ? roles : roles.filter((role) => role !== 'sweeper')
    expect([...may].sort()).toEqual(Array.isArray(who) ? [...who].sort() : [...all].sort())
  })

  it('names roles that there are, none twice', () => {
    for (const [, who] of rows.filter(([, one]) => Array.isArray(one))) {
      expect(new Set(who).size).toBe(who.length)
      for (const role of who) expect(roles).toContain(role)
    }
  })

  it('names every event: as one that somebody may record, or as the program’s own', () => {
    const asked = actions
      .filter((action) => action.startsWith('event:'))
      .map((action) => action.slice('event:'.length))
    expect([...programEvents].sort()).toEqual([...(written['by the program'] as string[])].sort())
    expect([...asked, ...programEvents].sort()).toEqual(Object.keys(eventSays).sort())
  })

  it('says of every action what it is, in one sentence', () => {
    for (const action of actions) expect(policy[action].says).toMatch(/^[A-Z].*\.$/)
  })

  it('knows no action that every object has', () => {
    expect(['case.read', 'event:case.listed'].every(isAction)).toBe(true)
    expect(['constructor', '__proto__', '', 'case.*', 'event:facts.recorded'].some(isAction)).toBe(
      false,
    )
  })
})

describe('the roles', () => {
  it('an administrator sees nothing of a case', () => {
    expect(allowed('administrator').sort()).toEqual(
      [...open, ...signedIn, 'metrics.read', 'case.erase'].sort(),
    )
  })

  it('an auditor sees who did what, and nothing of what it was about', () => {
    expect(allowed('auditor').sort()).toEqual(
      [...open, ...signedIn, 'case.read-history', 'rule-set.read-versions', 'audit.read'].sort(),
    )
  })

  it('whoever can read a case cannot destroy its record', () => {
    for (const role of roles)
      expect(allowed(role)).not.toEqual(expect.arrayContaining(['case.read', 'case.erase']))
  })

  it('whoever proposes a rule set does not hold the role that approves it', () => {
    for (const role of roles)
      expect(allowed(role)).not.toEqual(
        expect.arrayContaining(['rule-set.propose', 'rule-set.approve']),
      )
  })

  it('no system records an event or decides', () => {
    for (const role of machineRoles)
      expect(allowed(role).filter((action) => /^event:|decide|victim|sealed/.test(action))).toEqual(
        [],
      )
  })

  it('the sweeper can ask for nothing that is not open to anyone', () => {
    expect(allowed('sweeper')).toEqual(open)
  })

  it('a scrutiny panel looks at cases that are closed, and it alone is limited so', () => {
    expect(roles.filter(closedOnly)).toEqual(['scrutiny-member'])
    expect(allowed('scrutiny-member').sort()).toEqual(
      [...open, ...signedIn, 'case.list', 'case.read', 'event:scrutiny.sampled'].sort(),
    )
  })

  it('the two who decide confirm, and nobody else', () => {
    expect([...eventRoles['decision.confirmed']].sort()).toEqual([
      'clinic-chair',
      'police-decision-maker',
    ])
  })
})

describe('the charts, which look at the role again', () => {
  const byRole = { byThePolice: ['police-decision-maker'], byADecider: decidingRoles }
  const asking = (condition: string) =>
    Object.keys(eventRoles).filter((type) => {
      const ways = waysOf(type)
      return ways.length > 0 && ways.every((conditions) => conditions.includes(condition))
    })

  it.each(Object.entries(byRole))('%s: nobody is let through whom they refuse', (name, may) => {
    const types = asking(name) as (keyof typeof eventRoles)[]
    expect(types.length).toBeGreaterThan(1)
    for (const type of types)
      expect([type, eventRoles[type].filter((role) => !(may as string[]).includes(role))]).toEqual([
        type,
        [],
      ])
  })
})

/** The conditions of each way that an event takes in the referral's chart. */
function waysOf(type: string): (readonly string[])[] {
  const states = Object.values(referralMachine.config.states ?? {})
  return states.flatMap((state) => {
    const ways = [(state.on as Record<string, unknown> | undefined)?.[type] ?? []].flat()
    return ways.map((way) => (way as { guard?: { conditions?: string[] } }).guard?.conditions ?? [])
  })
}
