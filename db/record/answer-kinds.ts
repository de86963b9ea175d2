import type { AnswerEntry } from '../../src/casework/ports.ts'
import type { Kind } from './entry-kind.ts'
import type { RowOf } from './tables.ts'

const answerColumns =
  (ofVictims: boolean) =>
  ({ about, fact, suppliedBy, supersedes }: AnswerEntry) => ({
    offence: about.what === 'offence' ? about.number : null,
    ...(ofVictims ? { victim: about.what === 'victim' ? about.number : null } : {}),
    fact,
    agency: suppliedBy,
    supersedes,
  })
const answerContent = ({ answer: said, because, evidence, sealed }: AnswerEntry) => ({
  answer: said,
  because,
  evidence,
  sealed,
})

type AnswerRow = RowOf<'answer'> & { victim?: number | null }
const restoreAnswer =
  (kept: AnswerEntry['kept']) =>
  ({ offence, victim, fact, agency, supersedes }: AnswerRow) => ({
    about: aboutOf(offence, victim ?? null),
    fact,
    suppliedBy: agency as AnswerEntry['suppliedBy'],
    supersedes,
    kept,
  })

function aboutOf(offence: number | null, victim: number | null): AnswerEntry['about'] {
  if (victim !== null) return { what: 'victim', number: victim }
  return offence === null ? { what: 'referral' } : { what: 'offence', number: offence }
}

const answersIn = <T extends 'answer' | 'protected_answer' | 'victim_answer'>(
  table: T,
  kept: AnswerEntry['kept'],
): Kind<AnswerEntry, T> => ({
  table,
  victim: ({ about }) => (about.what === 'victim' ? about.number : null),
  columns: answerColumns(table === 'victim_answer'),
  content: answerContent,
  restore: restoreAnswer(kept),
})

export const ordinaryAnswers = answersIn('answer', 'ordinary')
export const protectedAnswers = answersIn('protected_answer', 'protected')
export const victimAnswers = answersIn('victim_answer', 'victim')
