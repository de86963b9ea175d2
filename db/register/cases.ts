import { ofTheCase, type RegisterGroup, saltColumn, snapshotColumns } from './field.ts'

const ofCase = { regime: ofTheCase, seen: 'action:case.read' } as const

export const cases: RegisterGroup = {
  child: {
    holds: 'Children',
    ...ofCase,
    columns: {
      id: 'An id of ours, without meaning, by which everything else names the child',
      identity: {
        purpose: 'Name and date of birth, to know who the case is about',
        seen: 'part:identity',
        sealed: 'child',
      },
      erased_at: 'When the child’s key was destroyed',
    },
  },
  referral: {
    holds: 'Cases, and where each stands',
    ...ofCase,
    columns: {
      id: 'Its id',
      partnership: 'Whose case it is',
      area: 'In which part of the partnership',
      child: 'The child it is about',
      reference: 'The police’s own reference, to find it by; cleared when the child is erased',
      ...snapshotColumns,
      version: 'Rises with every change, so that nobody overwrites what another changed',
      opened_at: 'When it was referred',
      updated_at: 'When it was last changed; lists are in this order',
      offences: 'How many offences it has',
      status: 'What the latest recommendation says of it, to list it by',
      recommendation: 'The latest recommendation',
      due_on: 'The nearest day by which somebody owes something',
      clinic: 'The clinic on whose agenda it stands',
      barred: {
        purpose: 'People for whom the case is not there, because of a conflict of interest',
        regime: ['uk-gdpr'],
        seen: 'service',
      },
      erased_at: 'When the child was erased',
      ...saltColumn,
    },
  },
  offence: {
    holds: 'The offences of a case by their number',
    ...ofCase,
    columns: { referral: 'The case', number: 'Its number, from 1' },
  },
  delivery: {
    holds: 'The carrying out of disposals',
    ...ofCase,
    seen: 'part:decision',
    columns: {
      referral: 'The case',
      id: 'Its id',
      decision: 'The decision that is carried out',
      ...snapshotColumns,
    },
  },
  condition: {
    holds: 'Conditions while they are carried out; their words are sealed in the decision',
    ...ofCase,
    seen: 'part:decision',
    columns: {
      referral: 'The case',
      id: 'Its id',
      delivery: 'The delivery it belongs to',
      decision: 'The decision that set it',
      state: 'Whether it is open, met or varied',
      start_by: 'By when it is to begin',
      due_on: 'By when it is to be done',
    },
  },
  task: {
    holds: 'What somebody owes',
    ...ofCase,
    columns: {
      referral: 'The case',
      id: 'Its id',
      task: 'What is owed, in the words of a rule or of the service; never about a person',
      agency: 'The agency that owes it',
      due_on: 'By when',
      since: 'Since when',
      done_at: 'When it was done, or ended because nobody owed it any more',
      told_at: 'When the agency was told that the day has passed',
      ...saltColumn,
    },
  },
  clock: {
    holds: 'Due dates',
    ...ofCase,
    columns: {
      referral: 'The case',
      id: 'Its id',
      what: 'What falls due',
      rule: 'The rule that set it',
      about: 'The number of an offence, or the id of a hold',
      due_on: 'The day',
      hard: 'Whether nobody may move it',
      state: 'Whether it runs, was stopped or has done its work',
      ...saltColumn,
    },
  },
}
