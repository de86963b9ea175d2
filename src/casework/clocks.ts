import type { Effect } from '../domain/effect.ts'
import { birthday } from '../domain/plain-date.ts'
import type { Clock } from '../domain/recommendation.ts'
import type { ClockRow } from './ports.ts'

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>

/** The clocks that an event starts by itself, from a day that it names. */
export type OwnClock = { what: 'hold-review' | 'adjournment-ends'; about: string; dueOn: string }

type Input = {
  before: readonly ClockRow[]
  /** By the recommendation that holds now; undefined where nothing about them can have changed. */
  clocks: readonly Clock[] | undefined
  effects: readonly Effect[]
  own: readonly OwnClock[]
  /** The holds that still stand: the review of one that was lifted stops. */
  holds: readonly string[]
  /** Whether what the clinic asked for is still waited for: it is over once the case is listed again. */
  waits: boolean
  /** A closed case owes nothing more. */
  closed: boolean
  /** A case that leaves its closing owes again what the rules still ask for. */
  reopened: boolean
  /** The date of birth that stands, where one does. */
  born: string | undefined
  newId(): string
}

const ownClocks = ['hold-review', 'adjournment-ends']

/**
 * The clocks of a case after an event, those that changed alone. Days come from the rules; a clock
 * that rang rings again only when its day moved, and one that was stopped runs again only when an
 * event starts it, its day moved, or the case that was closed is dealt with again.
 */
export function clocksAfter(input: Input): ClockRow[] {
  const { before, clocks } = input
  if (!clocks) return []
  const ruled = clocks.filter(({ due, verdict }) => due !== undefined && verdict === 'met')
  const fresh = [
    ...ruled.map((clock) => fromRule(clock, input)),
    ...input.own.map((one) => fromEvent(one, input)),
  ]
  const ids = new Set(fresh.map(({ id }) => id))
  const gone = before
    .filter(({ id, what }) => !ids.has(id) && !ownClocks.includes(what))
    .map((row) => (stillToRing(row, clocks) ? onTheBirthday(row, input) : stopped(row)))
  const ended = before
    .filter(({ id, what }) => !ids.has(id) && ownClocks.includes(what))
    .filter(({ what, about }) =>
      what === 'adjournment-ends' ? !input.waits : !input.holds.includes(about),
    )
    .map(stopped)
  const all = [...fresh, ...gone, ...ended]
    .map((row) => rung(row, input.effects))
    .map((row) => (input.closed ? stopped(row) : row))
  return all.filter((row) => JSON.stringify(row) !== JSON.stringify(find(before, row.id)))
}

const find = (rows: readonly ClockRow[], id: string) => rows.find((row) => row.id === id)
const stopped = (row: ClockRow): ClockRow =>
  row.state === 'running' ? { ...row, state: 'stopped' } : row

const eighteenth = 'eighteenth-birthday'

/**
 * The rule of the eighteenth birthday does not speak of an adult: from the day itself on it gives no
 * clock. Whatever runs the rules first that day must not stop what has yet to ring.
 */
const stillToRing = ({ what }: ClockRow, clocks: readonly Clock[]): boolean =>
  what === eighteenth && !clocks.some((clock) => clock.what === eighteenth)

/**
 * The clock of the birthday without its rule. Where the date of birth was corrected, it rings on the
 * right day, also when that is past; where the case was closed on the day, it rings now.
 */
function onTheBirthday(row: ClockRow, { born, reopened }: Input): ClockRow {
  const dueOn = born ? birthday(born, 18) : row.dueOn
  const runs = dueOn !== row.dueOn || (reopened && row.state === 'stopped')
  return { ...row, dueOn, state: runs ? 'running' : row.state }
}

/** The event that a clock turns into marks it as fired, so that it is recorded once. */
const rung = (row: ClockRow, effects: readonly Effect[]): ClockRow =>
  row.what === eighteenth &&
  row.state === 'running' &&
  effects.some((one) => one.kind === 'notice' && one.notice === 'child-is-eighteen')
    ? { ...row, state: 'fired' }
    : row

function fromRule(clock: Clock, input: Input): ClockRow {
  const { before, newId } = input
  const about = clock.offences.join(' ')
  const old = before.find(
    (row) => row.what === clock.what && row.rule === clock.rule.id && row.about === about,
  )
  const dueOn = clock.due ?? ''
  return {
    id: old?.id ?? newId(),
    what: clock.what,
    rule: clock.rule.id,
    about,
    dueOn,
    hard: clock.hard,
    state: stateOf(clock.what, dueOn, old, input),
  }
}

function stateOf(
  what: string,
  dueOn: string,
  old: ClockRow | undefined,
  { effects, reopened }: Input,
): ClockRow['state'] {
  const asks = (does: Of<'clocks'>['does']) =>
    effects.some(
      (one) =>
        one.kind === 'clocks' && one.does === does && (one.clocks as string[]).includes(what),
    )
  if (asks('stop')) return 'stopped'
  if (!old || old.dueOn !== dueOn) return 'running'
  return old.state === 'stopped' && (asks('start') || reopened) ? 'running' : old.state
}

function fromEvent({ what, about, dueOn }: OwnClock, { before, newId }: Input): ClockRow {
  const old = before.find((row) => row.what === what && row.about === about)
  return { id: old?.id ?? newId(), what, rule: null, about, dueOn, hard: false, state: 'running' }
}

/** The nearest day by which somebody owes something. */
export const nearest = (days: readonly (string | null)[]): string | null =>
  days.filter((day): day is string => day !== null).sort()[0] ?? null
