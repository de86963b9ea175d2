import { step } from '../../../machines/step.ts'
import { actorFor } from '../../access/caller.ts'
import type { Action } from '../../access/policy.ts'
import type { PolicyEvent } from '../../domain/events.ts'
import type { Actor } from '../../domain/roles.ts'
import {
  absent,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Request,
  stale,
  unusable,
} from '../casework.ts'
import { bringIntoForce } from './begin.ts'
import { noticesOf } from './carry-out.ts'
import type { RuleSetAsked } from './events.ts'
import { livesOf } from './lives.ts'
import { whoMustSign } from './signatories.ts'

const actions: Readonly<Record<RuleSetAsked['type'], Action>> = {
  'ruleSet.proposed': 'rule-set.propose',
  'ruleSet.approved': 'rule-set.approve',
  'ruleSet.withdrawn': 'rule-set.withdraw',
}

/**
 * Records that a rule set was proposed, approved or withdrawn. Where its first day has come, it is
 * in force at once.
 * @param version the number of the last event that the caller saw in this partnership
 * @returns the number of the last event now, or why nothing was done
 */
export async function changeRuleSet(
  deps: Deps,
  { caller }: Request,
  partnership: string,
  version: number,
  asked: RuleSetAsked,
): Promise<Outcome<{ version: number }>> {
  if (!actorFor(caller, 'rule-set.read-versions', { partnership })) return absent
  const actor = actorFor(caller, actions[asked.type], { partnership })
  if (!actor) return notAllowed('Your role may not do this with a rule set.')
  const before = await deps.store.ruleSetEvents(partnership)
  const last = before.at(-1)?.seq ?? 0
  if (last !== version) return stale
  const life = livesOf(before).findLast(({ digest }) => digest === asked.digest)
  if (!life)
    return unusable({
      message: 'No rule set of this digest was loaded here.',
      mend: 'Start the service with the changed rules; the list of versions then names it.',
      pointer: '/digest',
    })
  const made = await recorded(deps, partnership, asked, actor)
  if (!made.ok) return made
  const { event, notes } = made.value
  const stepped = step('policy', life.snapshot, event)
  if (!stepped.ok) return { ok: false, why: 'refused', refusal: stepped.refusal }
  const kept = { id: deps.newId(), digest: asked.digest, event, notes }
  const notices = noticesOf(deps, partnership, kept, stepped.effects)
  const result = await deps.store.addRuleSetEvents(partnership, last, [kept], notices)
  if (result === 'stale') return stale
  return done({ version: await bringIntoForce(deps, partnership) })
}

type Recorded = { event: PolicyEvent; notes: Record<string, string> }

/** What was asked for as the event that is kept, with its words apart. */
async function recorded(
  deps: Deps,
  partnership: string,
  asked: RuleSetAsked,
  by: Actor,
): Promise<Outcome<Recorded>> {
  const who = { by, at: deps.now() }
  const { digest } = asked
  if (asked.type === 'ruleSet.proposed') {
    const [impactNoteId, equalityNoteId] = [deps.newId(), deps.newId()]
    const notes = { [impactNoteId]: asked.impact, [equalityNoteId]: asked.equality }
    return done({
      event: { type: asked.type, ...who, digest, impactNoteId, equalityNoteId },
      notes,
    })
  }
  if (asked.type === 'ruleSet.withdrawn') {
    const { reason: code, note } = asked
    if (code === 'other' && note === undefined)
      return unusable({ message: 'The reason "other" needs a note.', pointer: '/note' })
    const noteId = deps.newId()
    const reason = note === undefined ? { code } : { code, noteId }
    const notes = note === undefined ? {} : { [noteId]: note }
    return done({ event: { type: asked.type, ...who, reason }, notes })
  }
  const signing = await whoMustSign(deps, partnership, digest)
  if (!signing.ok) return signing
  if (asked.inForceFrom < deps.today())
    return unusable({
      message: `It cannot be in force from ${asked.inForceFrom}: that day is over.`,
      mend: 'Give today or a later day.',
      pointer: '/inForceFrom',
    })
  const { type, signatories, inForceFrom } = asked
  const needed = [...signing.value]
  return done({ event: { type, ...who, digest, signatories, needed, inForceFrom }, notes: {} })
}
