import { assign, setup } from 'xstate'
import { z } from 'zod'
import { digestSchema } from '../src/domain/events/parts.ts'
import type { PolicyEvent } from '../src/domain/events.ts'
import { plainDateSchema } from '../src/domain/plain-date.ts'
import { idSchema } from '../src/domain/roles.ts'
import { type Condition, whenAllOf } from './conditions.ts'

export const policyMachineVersion = 1

export const policyContextSchema = z.strictObject({
  proposedBy: idSchema.nullable(),
  digest: digestSchema.nullable(),
  inForceFrom: plainDateSchema.nullable(),
})
type Context = z.infer<typeof policyContextSchema>
export const freshPolicy: Context = { proposedBy: null, digest: null, inForceFrom: null }

export const policyConditions = {
  byAPolicyLead: {
    says: 'A policy lead must propose it.',
    looksAt: 'event',
    holds: (_, { by }) => by.role === 'policy-lead',
  },
  byAnApprover: {
    says: 'A rule approver must approve it.',
    looksAt: 'event',
    holds: (_, { by }) => by.role === 'rule-approver',
  },
  byASecondPerson: {
    says: 'The one who approves must not be the one who proposed.',
    looksAt: 'event',
    holds: ({ proposedBy }, { by }) => proposedBy !== null && by.person !== proposedBy,
  },
  notesAttached: {
    says: 'A note on impact and a note on equality must be attached.',
    looksAt: 'event',
    holds: (_, event) =>
      event.type === 'ruleSet.proposed' &&
      event.impactNoteId !== null &&
      event.equalityNoteId !== null,
  },
  sameRuleSet: {
    says: 'It must be the rule set that was proposed, with the same digest.',
    looksAt: 'event',
    holds: ({ digest }, event) => 'digest' in event && event.digest === digest,
  },
  eachForThemselves: {
    says: 'Each signature must be another person’s, and none the proposer’s.',
    looksAt: 'event',
    holds: ({ proposedBy }, event) => {
      if (event.type !== 'ruleSet.approved') return false
      const people = event.signatories.map(({ person }) => person)
      return new Set(people).size === people.length && !people.includes(proposedBy ?? '')
    },
  },
  everybodySigned: {
    says: 'Every agency that the partnership names must have signed.',
    looksAt: 'event',
    holds: (_, event) =>
      event.type === 'ruleSet.approved' &&
      event.needed.every((agency) => event.signatories.some((one) => one.agency === agency)),
  },
  itsDayHasCome: {
    says: 'Its first day in force must have come.',
    looksAt: 'event',
    holds: ({ inForceFrom }, event) =>
      event.type === 'ruleSet.cameIntoForce' && inForceFrom !== null && event.on >= inForceFrom,
  },
  firstStart: {
    says: 'It must be the first start: no rule set was in force before.',
    looksAt: 'event',
    holds: (_, event) => event.type === 'ruleSet.shipped' && event.inForceBefore === null,
  },
} satisfies Record<string, Condition<Context, PolicyEvent>>

const when = whenAllOf<Context, PolicyEvent, keyof typeof policyConditions>(policyConditions)

/** A rule set's own life: two people, two notes, a date (design: lifecycle.md 3). */
export const policyMachine = setup({
  types: { context: {} as Context, events: {} as PolicyEvent },
  actions: {
    propose: assign(({ event }) =>
      event.type === 'ruleSet.proposed'
        ? { proposedBy: event.by.person, digest: event.digest }
        : {},
    ),
    approve: assign(({ event }) =>
      event.type === 'ruleSet.approved' ? { inForceFrom: event.inForceFrom } : {},
    ),
  },
}).createMachine({
  id: 'policy',
  context: freshPolicy,
  initial: 'loaded',
  states: {
    loaded: {
      on: {
        'ruleSet.proposed': {
          guard: when('byAPolicyLead', 'notesAttached'),
          target: 'proposed',
          actions: 'propose',
        },
        'ruleSet.shipped': { guard: when('firstStart'), target: 'inForce' },
        'ruleSet.withdrawn': 'withdrawn',
      },
    },
    proposed: {
      on: {
        'ruleSet.approved': {
          guard: when(
            'byAnApprover',
            'byASecondPerson',
            'sameRuleSet',
            'everybodySigned',
            'eachForThemselves',
          ),
          target: 'approved',
          actions: 'approve',
        },
        'ruleSet.withdrawn': 'withdrawn',
      },
    },
    approved: {
      on: {
        'ruleSet.cameIntoForce': { guard: when('sameRuleSet', 'itsDayHasCome'), target: 'inForce' },
        'ruleSet.withdrawn': 'withdrawn',
      },
    },
    inForce: { on: { 'ruleSet.superseded': 'superseded' } },
    superseded: { type: 'final' },
    withdrawn: { type: 'final' },
  },
})
