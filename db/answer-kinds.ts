import type { AnswerEntry } from '../src/casework/ports.ts'
import type { EntryTable, Kind } from './entry-kind.ts'
import { answer, protectedAnswer, victimAnswer } from './schema.ts'

const answerColumns = ({ about, fact, suppliedBy, supersedes }: AnswerEntry) => ({
  offence: about.what === 'offence' ? about.number : null,
  victim: about.what === 'victim' ? about.number : null,
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

type AnswerRow = (typeof victimAnswer)['$inferSelect']
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

const answersIn = (table: EntryTable, kept: AnswerEntry['kept']): Kind<AnswerEntry> => ({
  table,
  victim: ({ about }) => (about.what === 'victim' ? about.number : null),
  columns: answerColumns,
  content: answerContent,
  restore: restoreAnswer(kept),
})

export const ordinaryAnswers = answersIn(answer, 'ordinary')
export const protectedAnswers = answersIn(protectedAnswer, 'protected')
export const victimAnswers = answersIn(victimAnswer, 'victim')
