import type { PolicyEvent } from '../../domain/events.ts'
import type { OutboxMessage } from './shared.ts'

/** Something that happened to a rule set, with its number in the partnership, without gaps. */
export type RuleSetEvent = {
  seq: number
  id: string
  digest: string
  event: PolicyEvent
  /** The words that the event names by id. */
  notes: Readonly<Record<string, string>>
}

/** What is kept of rule sets, and of what happened to them. */
export type RuleSetStore = {
  keepRuleSet(set: {
    digest: string
    partnership: string
    content: string
    at: string
  }): Promise<void>
  ruleSet(digest: string): Promise<string | undefined>
  /** Everything that happened to the rule sets of a partnership, in order. */
  ruleSetEvents(partnership: string): Promise<RuleSetEvent[]>
  /** Appends; `stale` where more has happened than the event numbered `from` (0 before the first). */
  addRuleSetEvents(
    partnership: string,
    from: number,
    events: readonly Omit<RuleSetEvent, 'seq'>[],
    outbox: readonly OutboxMessage[],
  ): Promise<'done' | 'stale'>
}
