import type { Effect } from '../../src/domain/effect.ts'
import type { Agency } from '../../src/domain/lists.ts'

type Of<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>

/** Short words for effects, so that a table of them reads like a list. */
export const task = (name: Of<'task'>['task'], of: Agency): Effect => ({
  kind: 'task',
  task: name,
  of,
})
const clocks =
  (does: Of<'clocks'>['does']) =>
  (...names: Of<'clocks'>['clocks']): Effect => ({ kind: 'clocks', does, clocks: names })
export const start = clocks('start')
export const stop = clocks('stop')
export const recheck = clocks('recheck')
const notice =
  (sameDay: boolean) =>
  (name: Of<'notice'>['notice'], ...to: Agency[]): Effect => ({
    kind: 'notice',
    notice: name,
    to,
    sameDay,
  })
export const tell = notice(false)
export const tellToday = notice(true)
export const runRulesAgain: Effect = { kind: 'run-rules-again' }
export const record = (what: Of<'record'>['what']): Effect => ({ kind: 'record', what })
export const delivery = (does: Of<'delivery'>['does']): Effect => ({ kind: 'delivery', does })
export const tellReferral = (event: Of<'tell-referral'>['event']): Effect => ({
  kind: 'tell-referral',
  event,
})

/** The two clocks that no pause stops. */
export const hardClocks = recheck('prosecution-limit', 'eighteenth-birthday')

/** What an event brings about: always the same, or by where the case was and where it went. */
export type EffectTable<Event extends { type: string }, Context> = {
  [Type in Event['type']]:
    | readonly Effect[]
    | ((change: {
        event: Extract<Event, { type: Type }>
        before: { value: string; context: Context }
        after: { value: string; context: Context }
      }) => readonly Effect[])
}
