import type { Part } from '../../access/fields.ts'
import type { WaymarkEvent } from '../../domain/events.ts'
import { lookUp } from '../../domain/fact.ts'
import { agencyWords } from '../../recommend/words.ts'
import { answerInWords, capital } from '../../rules/explain.ts'
import type { Policy } from '../../rules/policy.ts'
import type { DecisionEntry } from '../ports.ts'
import { particularsIn, type Said } from './particulars.ts'

type Parts = ReadonlySet<Part>

/** Whether an event is about what was asked of a victim, or said of one. */
export const isAboutVictim = (event: WaymarkEvent): boolean =>
  'facts' in event && event.facts.some((fact) => fact.startsWith('victim.'))

/**
 * What an event holds besides its sentence, in sentences of their own, as far as the reader may see
 * that part of the case. Of victims it says only that something was recorded.
 */
export function detailsOf(
  event: WaymarkEvent,
  parts: Parts,
  policy: Said,
  decisions: readonly DecisionEntry[],
): string[] {
  return [
    ...(parts.has('facts') ? [...factsIn(event, policy), ...codesIn(event)] : []),
    ...(parts.has('decision') ? chosenIn(event, policy) : []),
    ...particularsIn(event, parts, policy, decisions),
  ]
}

function factsIn(event: WaymarkEvent, policy: Said): string[] {
  if (event.type !== 'facts.recorded' && event.type !== 'record.corrected') return []
  const names = event.facts
    .filter((fact) => !fact.startsWith('victim.'))
    .map((fact) => lookUp(policy.facts, fact)?.name ?? fact)
  const by = 'suppliedBy' in event ? [`It came from: ${agencyWords(event.suppliedBy)}.`] : []
  return [
    ...by,
    ...(names.length > 0 ? [`About: ${names.join('; ')}.`] : []),
    ...(isAboutVictim(event) ? ['Some of it is about a victim, and is kept apart.'] : []),
  ]
}

/** Codes that say more than the sentence, by their key in the event. */
const shown: Readonly<Record<string, string>> = {
  entry: 'How the case came',
  reviewOn: 'To be looked at again on',
  owedBy: 'Owed by',
  until: 'Until',
  route: 'It goes to',
  to: 'To',
  question: 'What was asked',
  rung: 'To',
  from: 'From',
  givenOn: 'Given on',
  place: 'Where',
  givenBy: 'Given by',
  rank: 'Who gave it was of this rank',
  appropriateAdult: 'Appropriate adult',
  how: 'How',
  result: 'What came of it',
  conclusion: 'The manager’s conclusion',
  risk: 'What the risk is',
  answer: 'The answer',
  outcomeCode: 'Outcome code',
  quorum: 'Quorum',
}

function codesIn(event: WaymarkEvent): string[] {
  const settled = event.type === 'escalation.resolved' ? event.answer : undefined
  const all = { ...event, ...settled, ...(settled ? { to: undefined } : {}) } as Record<
    string,
    unknown
  >
  const reason = all.reason as { code: string } | undefined
  return [
    ...Object.entries(shown).flatMap(([key, label]) => {
      const code = all[key]
      const said = typeof code === 'string' || typeof code === 'number'
      const words = key === 'givenBy' ? code : said && answerInWords(code)
      return said ? [`${label}: ${words}.`] : []
    }),
    ...(reason ? [`Reason: ${answerInWords(reason.code)}.`] : []),
    ...('positions' in event
      ? event.positions.map(
          ({ agency, position }) => `${agencyWords(agency)}: ${answerInWords(position)}.`,
        )
      : []),
  ]
}

/** What a decision chose, by the titles of the disposals. */
function chosenIn(event: WaymarkEvent, policy: Said): string[] {
  const decided =
    event.type === 'escalation.resolved' && event.answer.to === 'decided' ? event.answer : event
  const says = ['clinic.decided', 'escalation.resolved', 'disposal.given'].includes(event.type)
  if (!says || !('chosen' in decided)) return []
  return decided.chosen.map(
    ({ offence, disposal }) => `For offence ${offence}: ${titleOf(policy, disposal)}.`,
  )
}

/** The title of a disposal as people know it. */
export const titleOf = ({ disposals }: Pick<Policy, 'disposals'>, disposal: string): string =>
  disposals.find(({ id }) => id === disposal)?.title ?? capital(answerInWords(disposal))
