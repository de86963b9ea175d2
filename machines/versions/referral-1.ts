import { setup } from 'xstate'

/**
 * The chart of version 1, kept as it was so that its recorded histories can be replayed: three
 * states, no context, events without who and when.
 */
export const referralMachine1 = setup({
  types: {
    events: {} as
      | { type: 'referral.accepted' }
      | { type: 'case.listed' }
      | { type: 'case.postponed' },
  },
}).createMachine({
  id: 'referral',
  initial: 'received',
  states: {
    received: { on: { 'referral.accepted': 'preparing' } },
    preparing: { on: { 'case.listed': 'listed' } },
    listed: { on: { 'case.postponed': 'preparing' } },
  },
})
