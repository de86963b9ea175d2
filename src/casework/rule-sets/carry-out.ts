import type { Effect } from '../../domain/effect.ts'
import type { Deps } from '../casework.ts'
import type { OutboxMessage, RuleSetEvent } from '../ports.ts'

/**
 * What a step in a rule set's life asks for, as messages: it has no case whose task list could hold
 * what the partnership is to do next.
 */
export const noticesOf = (
  deps: Pick<Deps, 'newId'>,
  partnership: string,
  { digest, event }: Omit<RuleSetEvent, 'seq'>,
  effects: readonly Effect[],
): OutboxMessage[] =>
  effects.map((effect) => ({
    id: deps.newId(),
    kind: 'notice',
    body: { ...effect, partnership, ruleSet: digest, at: event.at },
  }))
