import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AnyStateMachine, type AnyStateNode, initialTransition, transition } from 'xstate'
import { chartNames, charts, conditionOf, type SnapshotOf } from '../../machines/charts.ts'
import { stateSays } from '../../machines/words.ts'
import { chartsText } from '../../scripts/charts.ts'
import { chair } from '../support/made-up.ts'
import { samples } from './samples.ts'
import { standingIn, standings } from './standings.ts'

const folder = new URL('../../machines/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
)

describe('the charts are pure', () => {
  it.each(files)('%s has no clock, no timer, no message and no log', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(text).not.toMatch(
      /\b(Date|Temporal|performance|setTimeout|Math\.random|process|console)\b/,
    )
    expect(text).not.toMatch(/\b(fetch|require|import)\s*\(/)
  })

  it.each(chartNames)('no state of the %s chart waits, calls or moves by itself', (name) => {
    for (const node of Object.values(charts[name].machine.states) as AnyStateNode[]) {
      expect(node.after).toEqual([])
      expect(node.invoke).toEqual([])
      expect(node.always ?? []).toEqual([])
    }
  })

  it.each(chartNames)('no step of the %s chart leaves anything for XState to do', (name) => {
    const machine = charts[name].machine as AnyStateMachine
    expect(initialTransition(machine)[1]).toEqual([])
    for (const [value, context] of Object.values(standings[name]))
      for (const event of Object.values(samples[name]))
        expect(transition(machine, standingIn(name, value, context), event)[1]).toEqual([])
  })
})

/** Freezes a value to its depth, so that whoever writes to it throws. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const item of Object.values(value)) frozen(item)
    Object.freeze(value)
  }
  return value
}

describe('a condition looks at the event and the context, and at nothing else', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it.each(chartNames)('in the %s chart', (name) => {
    const answers = () =>
      Object.keys(charts[name].conditions).flatMap((id) =>
        Object.values(standings[name]).flatMap(([, context]) =>
          Object.values(samples[name]).map((event) =>
            conditionOf(name, id).holds(
              frozen(structuredClone(context)),
              frozen(structuredClone(event)),
            ),
          ),
        ),
      )
    const once = answers()
    vi.useFakeTimers({ now: new Date('2099-12-31T23:59:59Z') })
    vi.stubGlobal('Date', undefined)
    vi.stubGlobal('process', undefined)
    vi.stubGlobal('fetch', undefined)
    const again = answers()
    vi.unstubAllGlobals()
    expect(again).toEqual(once)
    expect(new Set(once)).toEqual(new Set([true, false]))
  })

  it.each(chartNames)(
    'what is said to look at the case alone, or at who acts besides, does so, in the %s chart',
    (name) => {
      for (const id of Object.keys(charts[name].conditions)) {
        const { looksAt, holds } = conditionOf(name, id)
        if (looksAt === 'event') continue
        const event = looksAt === 'actor' ? { by: chair } : undefined
        for (const [, context] of Object.values(standings[name]))
          expect(() => holds(context, event)).not.toThrow()
      }
    },
  )
})

describe('the page of the charts', () => {
  it('is current: run `npm run charts` when a chart has changed', () => {
    expect(readFileSync(new URL('README.md', folder), 'utf8')).toBe(chartsText())
  })

  it.each(chartNames)('has plain words for every state of the %s chart', (name) => {
    expect(Object.keys(stateSays[name])).toEqual(Object.keys(charts[name].machine.states))
  })

  it('draws every state and names every event that can move a case', () => {
    const text = chartsText()
    for (const name of chartNames) {
      for (const state of Object.keys(charts[name].machine.states)) expect(text).toContain(state)
      for (const event of Object.values(samples[name])) expect(text).toContain(`\`${event.type}\``)
    }
  })
})

it('a snapshot is typed by its chart', () => {
  const snapshot: SnapshotOf<'referral'> = standingIn('referral', 'received', {})
  expect(snapshot.value).toBe('received')
})
