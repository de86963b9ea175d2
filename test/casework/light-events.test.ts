import { describe, expect, it } from 'vitest'
import { charts, statesOf } from '../../machines/charts.ts'
import { effectsOf } from '../../machines/effects.ts'
import { lightEvents } from '../../src/casework/act/what-is-opened.ts'
import { isDeliveryType } from '../../src/casework/asked.ts'
import { mirrored } from '../../src/casework/mirrors.ts'
import { gateStages } from '../../src/domain/events/parts.ts'
import { samples } from '../machines/samples.ts'

/** Every sample of a light event, in every state of its chart. */
const cases = [...lightEvents].flatMap((type) => {
  const name = isDeliveryType(type) ? ('delivery' as const) : ('referral' as const)
  const events = Object.values(samples[name]).filter((event) => event.type === type)
  return statesOf(name).flatMap((state) => events.map((event) => ({ type, name, state, event })))
})

describe('a light event', () => {
  it('has a sample of each kind', () => {
    expect(new Set(cases.map(({ type }) => type))).toEqual(lightEvents)
  })

  it('asks in no state for the rules or for a clock', () => {
    for (const { name, state, event } of cases) {
      const machine = charts[name].machine as { resolveState(at: object): unknown }
      const initial = charts[name].machine.getInitialSnapshot?.(undefined as never)
      const snapshot = machine.resolveState({
        value: state,
        context: (initial as { context: object }).context,
      })
      const effects = effectsOf(name, snapshot as never, event as never, snapshot as never)
      expect(effects.map(({ kind }) => kind)).not.toContain('run-rules-again')
      expect(effects.map(({ kind }) => kind)).not.toContain('clocks')
    }
  })

  it('has no gate and shows no fact', () => {
    for (const type of lightEvents) {
      expect(type in gateStages).toBe(false)
      const given = { today: '2026-11-02', offences: [1], answers: [], present: [] }
      const asked = { type }
      expect(mirrored({ ...given, asked, othersWait: false, decided: undefined })).toEqual([])
    }
  })
})
