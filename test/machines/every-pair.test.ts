import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type ChartName, chartNames, standing, statesOf } from '../../machines/charts.ts'
import { allowed, step } from '../../machines/step.ts'
import { keep } from '../../machines/versions.ts'
import { eventSays, openingEvents } from '../../src/domain/events.ts'
import { samples } from './samples.ts'
import { standingIn, standings } from './standings.ts'

/** The tables are written by hand; this holds the charts to them, pair by pair. */
const tableOf = (name: ChartName): Record<string, Record<string, string>> =>
  parse(readFileSync(new URL(`${name}.table.yaml`, import.meta.url), 'utf8'), {
    merge: true,
    maxAliasCount: -1,
  }).table

describe.each(chartNames)('the %s chart answers every event in every state', (name) => {
  const table = tableOf(name)
  const sampleNames = Object.keys(samples[name])

  describe.each(Object.keys(table))('%s', (words) => {
    const [value, context] = standings[name][words] ?? ['', {}]
    const before = standingIn(name, value, context)
    const expected = (sample: string) => table[words]?.[sample] ?? 'refused'

    it.each(sampleNames.map((sample) => [sample, expected(sample)]))('%s: %s', (sample, to) => {
      const event = samples[name][sample as never]
      const answer = step(name, before, event as never)
      if (to === 'refused') {
        if (answer.ok) expect(`allowed, to ${standing(answer.snapshot).value}`).toBe('refused')
        else expect(answer.refusal.why).toMatch(/\w.*\.$/)
      } else {
        expect(answer).toMatchObject({ ok: true })
        if (answer.ok) expect(standing(answer.snapshot).value).toBe(to === 'stays' ? value : to)
      }
    })

    it('what it says is allowed is what can be answered', () => {
      const answered = sampleNames.filter((sample) => expected(sample) !== 'refused')
      const types = new Set(answered.map((sample) => sample.split(',')[0] ?? ''))
      for (const type of types) expect(allowed(name, before)).toContain(type)
    })

    it('a refusal changes nothing', () => {
      const was = JSON.stringify(keep(name, before))
      for (const event of Object.values(samples[name])) step(name, before, event as never)
      expect(JSON.stringify(keep(name, before))).toBe(was)
    })
  })

  it('the table names every state, and no event that is not there', () => {
    const named = new Set(Object.keys(table).map((words) => words.split(',')[0]))
    expect([...named].sort()).toEqual(statesOf(name).sort())
    for (const row of Object.values(table))
      for (const sample of Object.keys(row)) expect(sampleNames).toContain(sample)
    expect(Object.keys(table)).toEqual(Object.keys(standings[name]))
  })

  it('the opening event begins a history and is refused as a step', () => {
    expect(sampleNames).toContain(openingEvents[name])
    for (const row of Object.values(table)) expect(row).not.toHaveProperty([openingEvents[name]])
  })
})

it('every event of the vocabulary is tried', () => {
  const tried = chartNames.flatMap((name) => Object.values(samples[name]).map(({ type }) => type))
  expect([...new Set(tried)].sort()).toEqual(Object.keys(eventSays).sort())
})
