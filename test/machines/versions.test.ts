import { describe, expect, it } from 'vitest'
import { freshReferral } from '../../machines/referral/context.ts'
import { referralMachineVersion } from '../../machines/referral.machine.ts'
import { restore } from '../../machines/versions.ts'

/** A stored snapshot is read as untrusted input. */
const stored = (change: object = {}) => ({
  machine: 'referral',
  version: referralMachineVersion,
  value: 'preparing',
  context: freshReferral,
  ...change,
})
const problem = (value: unknown) => {
  const read = restore('referral', value)
  return read.ok ? 'no problem' : read.problems[0]
}

describe('a stored snapshot is refused', () => {
  it('when its state is not in the chart', () => {
    expect(problem(stored({ value: 'prepairing' }))).toEqual({
      message: 'The referral chart has no state "prepairing". Did you mean "preparing"?',
      mend: 'Look at the events of the case; never write a state by hand.',
      pointer: '/value',
    })
  })

  it('when its version is later than the program', () => {
    expect(problem(stored({ version: 3 }))).toEqual({
      message: 'The snapshot is of version 3 of the referral chart; this program knows version 2.',
      mend: 'Run the program that wrote it, or a later one.',
      pointer: '/version',
    })
  })

  it.each([0, -1, 1.5, '2', null])('when its version is %s', (version) => {
    expect(problem(stored({ version }))).toMatchObject({ pointer: '/version' })
  })

  it('when it is of another chart', () => {
    expect(problem(stored({ machine: 'delivery', version: 1, value: 'agreed' }))).toEqual({
      message: 'A snapshot of the delivery chart was read as one of the referral chart.',
      pointer: '/machine',
    })
  })

  it('when the chart is not known', () => {
    expect(problem(stored({ machine: 'constructor' }))).toMatchObject({ pointer: '/machine' })
  })

  it.each([
    ['lacks something', { holds: [] }],
    ['has something more', { ...freshReferral, name: 'x' }],
    ['holds what is no id', { ...freshReferral, holds: ['Jane Smith'] }],
    ['was held from a state that is not there', { ...freshReferral, heldFrom: 'onHold' }],
  ])('when its context %s', (_, context) => {
    expect(problem(stored({ context }))).toMatchObject({
      message: expect.stringMatching(/^The stored context does not fit: /),
      pointer: expect.stringMatching(/^\/context/),
    })
  })

  it('when it is on hold and does not say since where', () => {
    expect(problem(stored({ value: 'onHold' }))).toEqual({
      message: 'A case on hold does not say where the hold began.',
      pointer: '/context',
    })
  })

  it.each([
    ['onHold', { heldFrom: 'listed' }, 'A case on hold has no hold.'],
    ['offering', {}, 'A case in "offering" has no decision.'],
    ['delivering', {}, 'A case in "delivering" has no disposal that was given.'],
  ])('when it is in %s and its context says otherwise', (value, change, message) => {
    const context = { ...freshReferral, ...change }
    expect(problem(stored({ value, context }))).toEqual({ message, pointer: '/context' })
  })

  it.each([undefined, null, 'preparing', 7, [], {}])('when it is %j', (value) => {
    expect(restore('referral', value).ok).toBe(false)
  })

  it('when a snapshot of version 1 stands in a state that version 1 never had in version 2', () => {
    expect(problem(stored({ version: 1, value: 'waiting', context: {} }))).toMatchObject({
      message: 'The referral chart has no state "waiting".',
    })
  })
})

it('a snapshot that fits is restored, and no step was needed', () => {
  const read = restore('referral', stored())
  expect(read.ok && [read.value.snapshot.value, read.value.migratedBy]).toEqual(['preparing', []])
})
