import { entryColumns, ofTheCase, type RegisterGroup } from './field.ts'

const ofRecord = { regime: ofTheCase, seen: 'action:case.read' } as const

const answerColumns = {
  offence: 'The number of the offence it is about, if any',
  fact: 'Which question was answered, by its id; never how',
  agency: 'The agency that it comes from',
  supersedes: 'The answer that it takes the place of',
}

export const record: RegisterGroup = {
  answer: {
    holds: 'Facts as they were answered',
    ...ofRecord,
    columns: {
      ...entryColumns(
        'child',
        'The answer; what it rests on or why it is not known, for part words; who the child is, for part identity; what a form sealed, for part sealed with a purpose',
        'part:facts',
      ),
      ...answerColumns,
    },
  },
  protected_answer: {
    holds: 'Answers that are recorded to watch for unfairness; no rule may test them',
    ...ofRecord,
    columns: {
      ...entryColumns(
        'child',
        'The answer (ethnicity and other protected characteristics), or why it is not known',
        'part:protected',
      ),
      ...answerColumns,
    },
  },
  note: {
    holds: 'Notes and reasons in people’s own words',
    ...ofRecord,
    columns: entryColumns(
      'child',
      'What it is about, and the words; those about a victim for nobody',
      'part:words',
    ),
  },
  recommendation: {
    holds: 'Recommendations as they were made',
    ...ofRecord,
    columns: {
      ...entryColumns(
        'child',
        'What was recommended, the facts it was made from, and a digest of the whole',
        'part:recommendation',
      ),
      as_at: 'The day whose rules were applied',
      rule_set: 'The rules, by their digest',
      status: 'Where the case stood by it, for counting',
    },
  },
  decision: {
    holds: 'What named people decided',
    ...ofRecord,
    columns: {
      ...entryColumns(
        'child',
        'The disposals, the days and codes of conditions, what was not known, who was there; what conditions say, for part conditions; reasons, what the child said and dissent, for part words; how the victim was considered, for parts victim and victim-views; names of who was there, for part history',
        'part:decision',
      ),
      clinic: 'The clinic that decided',
      recommendation: 'The recommendation that lay before it',
    },
  },
  departure: {
    holds: 'Where a decision went another way than a starting point or a requirement',
    ...ofRecord,
    columns: {
      ...entryColumns('child', 'The reason in words', 'part:words'),
      from_what: 'Whether from a starting point or from a requirement',
      from_which: 'From which disposal or requirement',
      reason: 'The reason as a code, for counting',
      recommendation: 'The recommendation that was departed from',
    },
  },
  checklist: {
    holds: 'Versions of checklists',
    ...ofRecord,
    columns: {
      ...entryColumns('child', 'The answers to its points', 'action:checklist.read'),
      instrument: 'Which checklist',
      edition: 'Which version of it for this case',
    },
  },
  victim: {
    holds: 'The victims of a case by their number, apart from the child',
    ...ofRecord,
    columns: {
      referral: 'The case',
      number: 'The victim’s number in the case',
      offences: 'The numbers of the offences that the victim suffered',
    },
  },
  victim_answer: {
    holds: 'Answers about victims',
    ...ofRecord,
    seen: 'action:victim.read',
    columns: {
      ...entryColumns(
        'child or victim',
        'The answer, what it rests on, or why it is not known; with the victim’s key where it is about one of them',
        'part:victim',
      ),
      ...answerColumns,
      victim: 'The number of the victim it is about',
    },
  },
  victim_entry: {
    holds: 'What was recorded about victims beside the facts',
    ...ofRecord,
    seen: 'action:victim.read',
    columns: {
      ...entryColumns(
        'victim',
        'Identity, consent, views, safety, what was asked for, contact',
        'part:victim',
      ),
      victim: 'The victim’s number in the case',
      kind: 'Which of these it is',
    },
  },
}
