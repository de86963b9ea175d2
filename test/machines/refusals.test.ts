import { describe, expect, it } from 'vitest'
import {
  type ChartName,
  chartNames,
  charts,
  type EventOf,
  statesOf,
  waysOf,
} from '../../machines/charts.ts'
import { allowed, step } from '../../machines/step.ts'
import { type Refusal, refusalSchema } from '../../src/domain/refusal.ts'
import { chair, chairAsPolice, policyLead, practitioner, sweeper } from '../support/made-up.ts'
import { samples } from './samples.ts'
import { standingIn, standings } from './standings.ts'

const stand = <Name extends ChartName>(name: Name, words: string) => {
  const [value, context] = standings[name][words] ?? ['', {}]
  return standingIn(name, value, context)
}

function refusal<Name extends ChartName>(name: Name, words: string, event: EventOf<Name>): Refusal {
  const answer = step(name, stand(name, words), event)
  if (answer.ok) throw new Error(`"${event.type}" is allowed while "${words}".`)
  expect(refusalSchema.parse(answer.refusal)).toEqual(answer.refusal)
  return answer.refusal
}

const why = <Name extends ChartName>(name: Name, words: string, event: EventOf<Name>) =>
  refusal(name, words, event).why

const of = samples.referral

describe('a refusal says what was asked, why not, and what would be allowed', () => {
  it('in a state that has no place for the event', () => {
    expect(refusal('referral', 'closed, nothing given', of['case.listed'])).toEqual({
      kind: 'refusal',
      asked: 'case.listed',
      why: '"case.listed" has no place while the file is closed; scrutiny may look at it, and what was unlawful can be set aside ("closed").',
      allowed: ['representations.answered', 'representations.received', 'scrutiny.sampled'],
      blockedBy: [],
    })
  })

  it('at a gate, with every requirement that is outstanding', () => {
    const outstanding = ['information/assessment', 'victims/views-sought']
    const event = { ...of['case.listed'], outstanding } as EventOf<'referral'>
    const { why, blockedBy, allowed } = refusal('referral', 'preparing', event)
    const says = 'Everything that comes first must be done, or set aside by a named person.'
    expect(why).toBe(says)
    expect(blockedBy).toEqual([
      { what: 'requirement', id: 'information/assessment', says },
      { what: 'requirement', id: 'victims/views-sought', says },
    ])
    // What was asked is not among what to do instead of it.
    expect(allowed).not.toContain('case.listed')
    expect(allowed).toContain('case.held')
    expect(allowed).not.toContain('clinic.decided')
  })

  it('at the gate of a difference that is settled, too', () => {
    const event = of['escalation.resolved'] as Extract<
      EventOf<'referral'>,
      { type: 'escalation.resolved' }
    >
    if (event.answer.to !== 'decided') throw new Error('a decision was expected')
    const answer = { ...event.answer, outstanding: ['information/assessment'] }
    const { blockedBy } = refusal('referral', 'escalated', { ...event, answer })
    expect(blockedBy.map(({ id }) => id)).toEqual(['information/assessment'])
  })

  it('names all that is missing at once', () => {
    const words = 'decided, not confirmed'
    expect(refusal('referral', words, of['decision.countersigned']).blockedBy).toMatchObject([
      { what: 'condition', id: 'countersignatureNeeded' },
      { what: 'condition', id: 'confirmedByTwo' },
    ])
  })

  it('leaves out of what is allowed whatever waits for the case itself', () => {
    const unanswered = allowed('referral', stand('referral', 'decided, a letter unanswered'))
    expect(unanswered).not.toContain('offer.opened')
    expect(unanswered).not.toContain('decision.confirmed')
    expect(unanswered).toContain('representations.answered')
  })
})

describe('who may do it', () => {
  it.each([
    'referral.accepted',
    'exclusion.confirmed',
    'limitation.confirmedExpired',
    'evidence.fellAway',
  ] as const)('a system cannot do it, only a named person: %s', (type) => {
    expect(why('referral', 'received', { ...of[type], by: sweeper })).toBe(
      'A named person must do this, not a system.',
    )
  })

  it('a practitioner cannot make the clinic’s decision', () => {
    expect(why('referral', 'inClinic', { ...of['clinic.decided'], by: practitioner })).toBe(
      'The clinic chair or the police decision-maker must do this.',
    )
  })

  it('the chair cannot take what is the police’s to decide', () => {
    for (const type of ['police.tookNoAction', 'disposal.varied', 'prosecution.started'] as const)
      expect(why('referral', 'reconsidering', { ...of[type], by: chair })).toBe(
        'The police decision-maker must do this: it is for the police to decide.',
      )
  })

  it('one person cannot confirm for both sides', () => {
    const [, context] = standings.referral['decided, confirmed by both'] ?? ['', {}]
    const decision = { ...(context as { decision: object }).decision, police: null }
    const before = standingIn('referral', 'decided', { ...context, decision })
    const event = of['decision.confirmed, by the police']
    expect(step('referral', before, event).ok).toBe(true)
    expect(step('referral', before, { ...event, by: chairAsPolice })).toMatchObject({
      ok: false,
      refusal: { why: 'The chair and the police decision-maker must be two different people.' },
    })
  })

  it('who proposed a rule set cannot approve it', () => {
    const by = { ...policyLead, role: 'rule-approver' } as const
    expect(why('policy', 'proposed', { ...samples.policy['ruleSet.approved'], by })).toBe(
      'The one who approves must not be the one who proposed.',
    )
  })
})

describe('a decision', () => {
  const changed = (change: object) =>
    ({ ...of['clinic.decided'], ...change }) as EventOf<'referral'>
  const chosen = (disposal: string, standing: string) => [{ offence: 1, disposal, standing }]

  it('cannot choose what is ruled out, for any of the offences', () => {
    const two = [
      ...chosen('youth-caution', 'open'),
      { ...chosen('charge', 'ruled-out')[0], offence: 2 },
    ]
    expect(why('referral', 'inClinic', changed({ chosen: two }))).toBe(
      'No disposal may be ruled out for its offence by the rules of today.',
    )
  })

  it('may choose what nobody can tell yet: it is for people to decide', () => {
    const event = changed({ chosen: chosen('community-resolution', 'cannot-tell') })
    expect(step('referral', stand('referral', 'inClinic'), event).ok).toBe(true)
  })

  it('needs the quorum', () => {
    expect(why('referral', 'inClinic', changed({ quorum: 'not-met' }))).toBe(
      'The clinic must have its quorum.',
    )
  })

  it.each(['youth-caution', 'youth-conditional-caution'])(
    'cannot choose a %s after the eighteenth birthday',
    (disposal) => {
      const [, context] = standings.referral.inClinic ?? ['', {}]
      const before = standingIn('referral', 'inClinic', { ...context, turnedEighteen: true })
      const event = changed({ chosen: chosen(disposal, 'open') })
      expect(step('referral', before, event)).toMatchObject({
        refusal: {
          why: 'After the eighteenth birthday neither youth caution can be chosen or given.',
        },
      })
      const other = changed({ chosen: chosen('community-resolution', 'open') })
      expect(step('referral', before, other).ok).toBe(true)
    },
  )

  it('is superseded and never made again under its old number', () => {
    const [, context] = standings.referral.inClinic ?? ['', {}]
    const before = standingIn('referral', 'inClinic', { ...context, superseded: ['decision-1'] })
    expect(step('referral', before, of['clinic.decided'])).toMatchObject({
      refusal: { blockedBy: [{ id: 'aNewDecision' }] },
    })
    expect(step('referral', before, changed({ decisionId: 'decision-2' })).ok).toBe(true)
  })

  it('is not confirmed in place of another', () => {
    const event = { ...of['decision.confirmed'], decisionId: 'decision-9' } as EventOf<'referral'>
    expect(why('referral', 'decided, not confirmed', event)).toBe(
      'It must be about the decision that stands.',
    )
  })
})

describe('the giving', () => {
  const given = (change: object) => ({ ...of['disposal.given'], ...change }) as EventOf<'referral'>

  it.each(['conflicted', 'absent'])('is refused when the appropriate adult is %s', (adult) => {
    expect(why('referral', 'offering', given({ appropriateAdult: adult }))).toBe(
      'An independent appropriate adult must be there when it is given.',
    )
  })

  it('needs no appropriate adult where nothing is asked of the child', () => {
    const [, context] = standings.referral.offering ?? ['', {}]
    const { decision } = context as { decision: object }
    const before = standingIn('referral', 'offering', {
      ...context,
      decision: { ...decision, disposals: ['no-further-action'] },
    })
    const event = given({ appropriateAdult: 'absent', follows: 'nothing' })
    expect(step('referral', before, event).ok).toBe(true)
  })

  it('cannot leave out the delivery of a conditional caution', () => {
    expect(why('referral', 'offering', given({ follows: 'nothing' }))).toBe(
      'A conditional caution, a deferred prosecution and a diversion must be delivered.',
    )
  })
})

it('no action on what was not completed is never recorded as outcome 22', () => {
  const words = 'Outcome 22 must wait until the activity is finished.'
  const diversion = { disposals: ['diversionary-activity'] }
  for (const [state, event] of [
    ['reconsidering', of['police.tookNoAction, as outcome 22']],
    ['returned, not completed', of['police.reported, as outcome 22']],
  ] as const) {
    const [value, context] = standings.referral[state] ?? ['', {}]
    const { decision } = context as { decision: object }
    const before = standingIn('referral', value, {
      ...context,
      decision: { ...decision, ...diversion },
    })
    expect(step('referral', before, event)).toMatchObject({ refusal: { why: words } })
  }
})

describe('what was decided', () => {
  const given = of['disposal.given']
  const now = (standing: string, disposal = 'youth-conditional-caution') => ({
    chosen: [{ offence: 1, disposal, standing }],
  })

  it.each([
    ['decided, to be countersigned', of['decision.countersigned']],
    ['decided, confirmed by both', of['offer.opened']],
    ['decided, only a charge', of['decision.passedToPolice']],
    ['offering', given],
  ])('goes no further from "%s" where a later fact rules it out', (state, event) => {
    const [value, context] = standings.referral[state] ?? ['', {}]
    const before = standingIn('referral', value, context)
    const ruledOut = { ...event, ...now('ruled-out') } as typeof event
    expect(step('referral', before, ruledOut)).toMatchObject({ ok: false })
    expect(step('referral', before, event).ok).toBe(true)
  })

  it('is not given while it cannot be told whether it may be', () => {
    const event = { ...given, ...now('cannot-tell') } as typeof given
    expect(why('referral', 'offering', event)).toBe(
      'Each disposal must be open for its offence by the rules of today: what is not known is asked first.',
    )
  })

  it('is not given as a youth caution from the eighteenth birthday on', () => {
    const [value, context] = standings.referral.offering ?? ['', {}]
    const before = standingIn('referral', value, { ...context, turnedEighteen: true })
    expect(step('referral', before, given)).toMatchObject({
      refusal: { blockedBy: [{ id: 'cautionsFit' }] },
    })
  })

  it.each(['decision.countersigned', 'decision.ratified'] as const)(
    'is not %s by one of the two who confirm it',
    (type) => {
      const state =
        type === 'decision.ratified' ? 'decided, to be ratified' : 'decided, to be countersigned'
      for (const person of ['person-1', 'person-2']) {
        const event = { ...of[type], by: { ...of[type].by, person } } as (typeof of)[typeof type]
        expect(why('referral', state, event)).toContain('somebody other than the two')
      }
    },
  )
})

it('an offence of no disposal here is never reported as one that had one', () => {
  expect(why('referral', 'returned, nothing given', of['police.reported, as outcome 2'])).toBe(
    'Outcomes 2, 8, 22 and 23 say that a disposal was given: it must have been given, and stand.',
  )
})

it('work with a condition that is open is not all done', () => {
  expect(why('delivery', 'inProgress', samples.delivery['conditions.allMet, one open'])).toBe(
    'Every condition must be met.',
  )
})

it('voluntary work is never called non-compliance', () => {
  const event = samples.delivery['manager.reviewed, conditions not kept']
  expect(why('delivery', 'concern, voluntary work', event)).toBe(
    'Voluntary work must end without consequence.',
  )
})

describe('a rule set', () => {
  const { policy } = samples
  it('cannot come into force a day early', () => {
    const event = { ...policy['ruleSet.cameIntoForce'], on: '2026-03-31' } as EventOf<'policy'>
    expect(why('policy', 'approved', event)).toBe('Its first day in force must have come.')
  })

  it.each(['impactNoteId', 'equalityNoteId'])('cannot be proposed without its %s', (note) => {
    expect(why('policy', 'loaded', { ...policy['ruleSet.proposed'], [note]: null })).toBe(
      'A note on impact and a note on equality must be attached.',
    )
  })

  it('waits for every agency that the partnership names', () => {
    const needed = ['police', 'youth-justice']
    expect(
      why('policy', 'proposed', { ...policy['ruleSet.approved'], needed } as EventOf<'policy'>),
    ).toBe('Every agency that the partnership names must have signed.')
  })

  it('is not put in force as shipped over another', () => {
    const event = { ...policy['ruleSet.shipped'], inForceBefore: 'sha256-0123456789' }
    expect(why('policy', 'loaded', event as EventOf<'policy'>)).toBe(
      'It must be the first start: no rule set was in force before.',
    )
  })
})

it.each(chartNames)(
  'every condition of the %s chart is asked by some way out of some state',
  (name) => {
    const asked = statesOf(name).flatMap((state) =>
      waysOf(name, state).flatMap(({ conditions }) => conditions),
    )
    expect([...new Set(asked)].sort()).toEqual(Object.keys(charts[name].conditions).sort())
  },
)
