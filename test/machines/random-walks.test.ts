import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartNames, standing, statesOf } from '../../machines/charts.ts'
import type { ReferralContext } from '../../machines/referral/context.ts'
import { open, step } from '../../machines/step.ts'
import { keep, restore } from '../../machines/versions.ts'
import { eventSchema, type ReferralEvent, type WaymarkEvent } from '../../src/domain/events.ts'
import type { Actor } from '../../src/domain/roles.ts'
import { always } from '../support/always.ts'
import { partOf } from '../support/amount.ts'
import { everybody } from '../support/made-up.ts'
import { samples } from './samples.ts'

/** Events as they may come: any sample, now and then by somebody else, or with something amiss. */
const eventsFor = (name: (typeof chartNames)[number]): fc.Arbitrary<WaymarkEvent> =>
  fc
    .record({
      event: fc.constantFrom(...(Object.values(samples[name]) as WaymarkEvent[])),
      by: fc.option(fc.constantFrom<Actor>(...everybody), { freq: 4 }),
      decisionId: fc.constantFrom('decision-1', 'decision-1', 'decision-2', 'decision-3'),
      outstanding: fc.constantFrom<string[][]>([], [], [], ['information/assessment']),
    })
    .map(
      ({ event, by, decisionId, outstanding }) =>
        ({
          ...event,
          ...(by ? { by } : {}),
          ...('decisionId' in event ? { decisionId } : {}),
          ...('outstanding' in event ? { outstanding } : {}),
        }) as WaymarkEvent,
    )

const walks = partOf(300)
describe.each(chartNames)(`on ${walks} random walks of 60 events the %s chart`, (name) => {
  it('is always in a state that it has, and what it refuses changes nothing', async () => {
    await always(fc.array(eventsFor(name), { minLength: 60, maxLength: 60 }), walks, (events) => {
      let now = open(name)
      for (const event of events) {
        const was = JSON.stringify(keep(name, now))
        const answer = step(name, now, event as never)
        expect(now.can(event as never)).toBe(answer.ok)
        expect(JSON.stringify(keep(name, now))).toBe(was)
        if (!answer.ok) expect(answer.refusal.asked).toBe(event.type)
        else now = answer.snapshot
        expect(statesOf(name)).toContain(standing(now).value)
        expect(now.status).not.toBe('error')
      }
      const back = restore(name, JSON.parse(JSON.stringify(keep(name, now))))
      expect(back.ok && keep(name, back.value.snapshot)).toEqual(keep(name, now))
    })
  })
})

const longWalks = partOf(1_000)
it(`on ${longWalks} random walks no case is beyond its decision without two people’s confirmation`, async () => {
  let disposed = 0
  await always(fc.array(leaning, { minLength: 80, maxLength: 80 }), longWalks, (choices) => {
    let now = open('referral')
    let confirmedBy = new Map<string, string>()
    for (const { likely, event: any } of choices) {
      const event = (likely(String(now.value)) ?? any) as ReferralEvent
      const answer = step('referral', now, event)
      if (!answer.ok) continue
      const was = now
      now = answer.snapshot
      if (['clinic.decided', 'escalation.resolved'].includes(event.type)) confirmedBy = new Map()
      if (event.type === 'decision.confirmed') confirmedBy.set(event.by.role, event.by.person)
      if (now.value === 'offering' && was.value === 'decided') {
        disposed += 1
        expect(new Set(confirmedBy.values()).size).toBe(2)
      }
      expect(broken(String(now.value), now.context)).toEqual([])
    }
  })
  expect(disposed).toBeGreaterThanOrEqual(longWalks / 10)
})

/** What must hold of every referral, whatever happened. */
function broken(value: string, { holds, heldFrom, decision, given, superseded }: ReferralContext) {
  const laws: [string, boolean][] = [
    [
      'a hold stops a case',
      !['preparing', 'listed', 'offering'].includes(value) || holds.length === 0,
    ],
    ['a case on hold knows where it was', value !== 'onHold' || heldFrom !== null],
    ['a case on hold has a hold', value !== 'onHold' || holds.length > 0],
    ['no decision stands while it is prepared', value !== 'preparing' || decision === null],
    ['what is given was decided', !given || decision !== null],
    ['what is delivered was given', !['delivering', 'reconsidering'].includes(value) || given],
    ['no decision stands that was superseded', !decision || !superseded.includes(decision.id)],
  ]
  return laws.filter(([, holdsTrue]) => !holdsTrue).map(([law]) => law)
}

const onward: Record<string, (keyof typeof samples.referral)[]> = {
  received: ['referral.accepted'],
  preparing: ['case.listed'],
  listed: ['clinic.opened'],
  inClinic: ['clinic.decided', 'clinic.disagreed'],
  escalated: ['escalation.resolved'],
  decided: ['decision.confirmed', 'decision.confirmed, by the police', 'offer.opened'],
  offering: ['disposal.given'],
  onHold: ['hold.lifted'],
  returned: ['case.referredAgain'],
  closed: ['disposal.setAside'],
}
/** Half of the time an event that leads on, so that walks come far; else any event. */
const leaning = fc
  .record({
    on: fc.boolean(),
    pick: fc.nat(),
    id: fc.nat({ max: 400 }),
    event: eventsFor('referral'),
  })
  .map(({ on, pick, id, event }) => ({
    event,
    likely: (state: string): ReferralEvent | undefined => {
      const names = onward[state] ?? []
      const name = on ? names[pick % Math.max(1, names.length)] : undefined
      const sample = name && samples.referral[name]
      if (!sample) return undefined
      return sample.type === 'clinic.decided' ? { ...sample, decisionId: `decision-${id}` } : sample
    },
  }))

it('every event of the walks is one that the store and the API would take', () => {
  const all = chartNames.flatMap((name) => fc.sample(eventsFor(name), { numRuns: 300, seed: 1 }))
  for (const event of all) expect(eventSchema.safeParse(event).error).toBeUndefined()
})
