import { setup } from 'xstate'

/**
 * The lifecycle of a referral, from its arrival to a clinic's agenda. Pure: it orders, it does not
 * act. The next states follow with casework (design: lifecycle.md).
 */
export const referralMachine = setup({
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

/** Stored beside every snapshot, so that an old case is never read with a new chart by accident. */
export const referralMachineVersion = 1
