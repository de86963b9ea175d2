import { effectsOfOpening } from '../../../machines/effects.ts'
import { open, step } from '../../../machines/step.ts'
import type { PolicyEvent } from '../../domain/events.ts'
import type { Actor } from '../../domain/roles.ts'
import { keepRuleSet } from '../../rules/kept-rule-set.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import type { Deps } from '../casework.ts'
import type { OutboxMessage, RuleSetEvent } from '../ports.ts'
import { noticesOf } from './carry-out.ts'
import { inForce, livesOf, type RuleSetLife } from './lives.ts'

/** What the program does itself: it loads what lies in its folder, and looks at the day. */
const program: Actor = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' }

/**
 * Takes note of a rule set that the program was started with. The first one of a partnership is in
 * force at once, with the approval `shipped`; every later one waits until somebody proposes it and
 * somebody else approves it (design: lifecycle.md 3).
 */
export async function loadRuleSet(deps: Deps, ruleSet: RuleSet): Promise<void> {
  const { digest, partnership } = ruleSet
  const before = await deps.store.ruleSetEvents(partnership)
  const lives = livesOf(before)
  const known = lives.findLast((one) => one.digest === digest)
  if (known && known.state !== 'superseded' && known.state !== 'withdrawn') return
  const at = deps.now()
  await deps.store.keepRuleSet({ digest, partnership, content: keepRuleSet(ruleSet), at })
  const who = { by: program, at }
  const acts: Act[] = [{ digest, event: { type: 'ruleSet.loaded', ...who, partnership, digest } }]
  if (!inForce(lives))
    acts.push({
      digest,
      life: { digest, snapshot: open('policy') },
      event: { type: 'ruleSet.shipped', ...who, digest, approval: 'shipped', inForceBefore: null },
    })
  const last = before.at(-1)?.seq ?? 0
  // Another process was quicker: look again at what there is now.
  if ((await write(deps, partnership, last, acts)) === 'stale') await loadRuleSet(deps, ruleSet)
}

/**
 * Brings into force what was approved and whose first day has come, the earliest first. Each takes
 * the place of the one before.
 * @returns the number of the last event of the partnership
 */
export async function bringIntoForce(deps: Deps, partnership: string): Promise<number> {
  const before = await deps.store.ruleSetEvents(partnership)
  const last = before.at(-1)?.seq ?? 0
  const lives = livesOf(before)
  const next = lives.filter((one) => isDue(one, deps.today())).sort(earliestFirst)[0]
  if (!next) return last
  const who = { by: program, at: deps.now() }
  const { digest } = next
  const on = deps.today()
  const old = inForce(lives)
  const acts: Act[] = old
    ? [
        {
          digest: old.digest,
          life: old,
          event: { type: 'ruleSet.superseded', ...who, successor: digest, on },
        },
      ]
    : []
  acts.push({ digest, life: next, event: { type: 'ruleSet.cameIntoForce', ...who, digest, on } })
  await write(deps, partnership, last, acts)
  return bringIntoForce(deps, partnership)
}

const isDue = ({ state, snapshot }: RuleSetLife, today: string): boolean => {
  const { inForceFrom } = snapshot.context
  return state === 'approved' && inForceFrom !== null && inForceFrom <= today
}

/** By its first day; of two for the same day, the one that was approved later comes after. */
const earliestFirst = (one: RuleSetLife, other: RuleSetLife): number =>
  compare(firstDay(one), firstDay(other)) || approvedAs(one) - approvedAs(other)

const firstDay = ({ snapshot }: RuleSetLife): string => snapshot.context.inForceFrom ?? ''
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const approvedAs = ({ events }: RuleSetLife): number =>
  events.findLast(({ event }) => event.type === 'ruleSet.approved')?.seq ?? 0

/** An event with the life that it happens to; without one it begins a life. */
type Act = { digest: string; event: PolicyEvent; life?: Pick<RuleSetLife, 'digest' | 'snapshot'> }

/** Writes what the program does itself, all of it or nothing. */
async function write(
  deps: Deps,
  partnership: string,
  from: number,
  acts: readonly Act[],
): Promise<'done' | 'stale'> {
  const kept: Omit<RuleSetEvent, 'seq'>[] = []
  const notices: OutboxMessage[] = []
  for (const { digest, event, life } of acts) {
    const one = { id: deps.newId(), digest, event, notes: {} }
    kept.push(one)
    notices.push(...noticesOf(deps, partnership, one, effectsIn(event, life)))
  }
  return deps.store.addRuleSetEvents(partnership, from, kept, notices)
}

/** @throws where the program itself asks for what the chart does not allow, which is a bug */
function effectsIn(event: PolicyEvent, life: Act['life']) {
  if (event.type === 'ruleSet.loaded') return effectsOfOpening('policy', event, open('policy'))
  const stepped = life && step('policy', life.snapshot, event)
  if (!stepped?.ok) throw new Error(`The rule set cannot take the event "${event.type}".`)
  return stepped.effects
}
