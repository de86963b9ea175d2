import { describe, expect, it } from 'vitest'
import { type ChartName, chartNames, type EventOf } from '../../machines/charts.ts'
import { effectsOfOpening } from '../../machines/effects.ts'
import { open, step } from '../../machines/step.ts'
import { type Effect, effectSchema } from '../../src/domain/effect.ts'
import { openingEvents } from '../../src/domain/events.ts'
import { samples } from './samples.ts'
import { standingIn, standings } from './standings.ts'

function effects<Name extends ChartName>(
  name: Name,
  words: string,
  sample: keyof (typeof samples)[Name],
): Effect[] {
  const [value, context] = standings[name][words] ?? ['', {}]
  const event = samples[name][sample] as EventOf<Name>
  const answer = step(name, standingIn(name, value, context), event)
  if (!answer.ok) throw new Error(answer.refusal.why)
  return answer.effects
}

/** An effect in a few words, to compare by. */
const short = (effect: Effect): string => {
  switch (effect.kind) {
    case 'task':
      return `${effect.of}: ${effect.task}`
    case 'clocks':
      return `${effect.does} ${effect.clocks.join(', ')}`
    case 'notice':
      return `${effect.sameDay ? 'today ' : ''}tell ${effect.to.join(', ')}: ${effect.notice}`
    case 'record':
      return `record ${effect.what}`
    case 'delivery':
      return `delivery ${effect.does}`
    case 'tell-referral':
      return `tell the referral: ${effect.event}`
    default:
      return effect.kind
  }
}
const said = <Name extends ChartName>(
  name: Name,
  words: string,
  sample: keyof (typeof samples)[Name],
) => effects(name, words, sample).map(short)

describe.each(chartNames)('every step of the %s chart', (name) => {
  it('asks only for what casework knows', () => {
    for (const words of Object.keys(standings[name]))
      for (const sample of Object.keys(samples[name])) {
        const [value, context] = standings[name][words] ?? ['', {}]
        const event = samples[name][sample as never]
        const answer = step(name, standingIn(name, value, context), event)
        if (answer.ok)
          for (const effect of answer.effects)
            expect(effectSchema.safeParse(effect).error).toBeUndefined()
      }
  })

  it('and its opening have their line', () => {
    const event = samples[name][openingEvents[name] as never]
    expect(Array.isArray(effectsOfOpening(name, event, open(name)))).toBe(true)
  })
})

describe('what a referral asks of casework', () => {
  it('a referral that came starts the clocks that nothing stops', () => {
    const event = samples.referral['referral.received']
    expect(effectsOfOpening('referral', event, open('referral')).map(short)).toContain(
      'start prosecution-limit, eighteenth-birthday, assessment',
    )
  })

  it.each([
    ['preparing', 'case.held'],
    ['onHold, from listed', 'hold.reviewed'],
    ['inClinic', 'clinic.adjourned'],
    ['decided, confirmed by both', 'offer.opened'],
  ] as const)('limitation and birthday are looked at again: %s, %s', (words, sample) => {
    expect(said('referral', words, sample)).toContain(
      'recheck prosecution-limit, eighteenth-birthday',
    )
  })

  it('a worry about safety opens a task and is told the same day', () => {
    expect(said('referral', 'received', 'safeguarding.raised')).toEqual([
      'social-care: make-child-safe',
      'today tell social-care, youth-justice: safeguarding-concern',
    ])
  })

  it('what is owed after an adjournment is asked of the agency that owes it', () => {
    expect(said('referral', 'inClinic', 'clinic.adjourned')).toContain(
      'home: get-what-the-clinic-asked-for',
    )
  })

  it('eighteen before the giving runs the rules again; during delivery it opens a handover', () => {
    expect(said('referral', 'listed', 'child.turnedEighteen')).toContain('run-rules-again')
    const delivered = said('referral', 'delivering', 'child.turnedEighteen')
    expect(delivered).toContain('youth-justice: hand-over-to-adult-services')
    expect(delivered).not.toContain('run-rules-again')
  })

  it('the outcome is recorded when the work is finished, and not before', () => {
    expect(said('referral', 'offering', 'disposal.given')).not.toContain('record outcome')
    expect(said('referral', 'delivering', 'delivery.failed')).not.toContain('record outcome')
    expect(said('referral', 'delivering', 'delivery.finished')).toContain('record outcome')
  })

  it('a case that leaves delivery on its way stops the work', () => {
    for (const sample of ['evidence.fellAway', 'disposal.setAside'] as const)
      expect(said('referral', 'delivering', sample)).toContain('delivery stop')
  })

  it('what is set aside is superseded, corrected and told', () => {
    expect(said('referral', 'closed, a disposal given', 'disposal.setAside')).toEqual(
      expect.arrayContaining([
        'record decision-superseded',
        'record records-to-correct',
        'police: correct-records',
        'tell child, youth-justice, victim-liaison: disposal-set-aside',
      ]),
    )
  })

  it('a decision that falls with the birthday is superseded on the record', () => {
    expect(said('referral', 'decided, confirmed by both', 'child.turnedEighteen')).toContain(
      'record decision-superseded',
    )
  })

  it('a departure is always counted', () => {
    expect(said('referral', 'preparing', 'departure.recorded')).toEqual([
      'record departure-counted',
    ])
  })
})

describe('what a delivery asks of casework', () => {
  it('a risk is told to the police the same day, also while the police are being told the rest', () => {
    for (const words of ['inProgress', 'concern, nobody tried', 'nonCompliance'])
      expect(said('delivery', words, 'risk.reported')).toEqual([
        'today tell police: risk-to-somebody',
      ])
  })

  it.each([
    ['inProgress', 'conditions.allMet', 'delivery.finished'],
    ['inProgress', 'child.withdrew', 'delivery.withdrawn'],
    ['nonCompliance', 'police.notified', 'delivery.failed'],
    ['concern, voluntary work', 'manager.reviewed, to end voluntary work', 'delivery.withdrawn'],
  ] as const)('its end is told to the referral: %s, %s', (words, sample, event) => {
    expect(said('delivery', words, sample)).toEqual([`tell the referral: ${event}`])
  })

  it('a try that was not adapted has to be made again; one that was goes to a manager', () => {
    expect(said('delivery', 'concern, nobody tried', 'reengagement.tried, not adapted')).toEqual([
      'youth-justice: try-to-bring-the-child-back',
    ])
    expect(said('delivery', 'concern, nobody tried', 'reengagement.tried')).toEqual([
      'youth-justice: review-as-manager',
    ])
  })
})
