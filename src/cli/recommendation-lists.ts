import { type Disposal, disposals, type Stage, stages } from '../domain/lists.ts'
import type { NeedToKnow, Recommendation } from '../domain/recommendation.ts'
import { agencyWords } from '../recommend/words.ts'
import { answerInWords } from '../rules/explain.ts'
import { type Block, entry, met } from './entry.ts'
import { fold } from './output.ts'

/** What is needed, what is not known and what to consider, as people read it at a terminal. */

export function needed(it: Recommendation, several: boolean, all: boolean, block: Block): string[] {
  const open = it.requirements.filter((one) => met(one) && one.state !== 'done')
  const now: Stage[] = all ? [...stages] : ['listing', 'decision']
  const later = open.filter(({ before }) => !now.includes(before)).length
  return [
    ...now.flatMap((stage) =>
      block(
        `NEEDED BEFORE THE ${stage.replace('-', ' ').toUpperCase()}`,
        open
          .filter(({ before }) => before === stage)
          .sort((a, b) => (a.of < b.of ? -1 : a.of > b.of ? 1 : 0))
          .map((one) => entry(`${agencyWords(one.of)}: ${one.task}${limits(one)}`, one, several)),
      ),
    ),
    ...(later > 0 ? ['', `  ${later} more belong to later steps. Show them with --all.`] : []),
  ]
}

/** What narrows a requirement: which disposals need it, and whether it can be set aside. */
function limits({ hard, for: only }: Recommendation['requirements'][number]): string {
  return `${only ? ` (${onlyFor(only)})` : ''}${hard ? ' (cannot be set aside)' : ''}`
}

const formal: readonly Disposal[] = ['youth-caution', 'youth-conditional-caution', 'charge']

/** `only for charge`, `only for a formal answer`, `not for no further action`. */
function onlyFor(only: readonly Disposal[]): string {
  const others = disposals.filter((one) => !only.includes(one))
  if (formal.every((one) => only.includes(one)) && only.length === formal.length)
    return 'only for a formal answer'
  return others.length < only.length
    ? `not for ${others.map(answerInWords).join(', ')}`
    : `only for ${only.map(answerInWords).join(', ')}`
}

export function unknown(it: Recommendation, all: boolean, block: Block): string[] {
  const deciding = ['status', 'options', 'starting points']
  const shown = it.needToKnow.filter(
    ({ canChange }) => all || canChange.some((change) => deciding.includes(change)),
  )
  const rest = it.needToKnow.length - shown.length
  const lines = shown.map((one) => fold(questionLine(one), '  ', 96, '    '))
  return [
    ...block('NOT KNOWN YET, AND WHO CAN SAY', lines),
    ...(rest > 0
      ? ['', `  ${rest} more answers would change only steps and prompts. Show them with --all.`]
      : []),
    ...(it.needToKnow.length === 0 ? ['', 'Nothing more needs to be known.'] : []),
  ]
}

function questionLine(one: NeedToKnow): string {
  const who =
    one.answeredBy === 'worked-out'
      ? `Follows from ${one.workedOutFrom.join(' and ')}`
      : agencyWords(one.answeredBy)
  const reason = one.because ? ` Not known because: ${one.because}.` : ''
  const waiting = one.rules.length === 1 ? one.rules[0]?.id : `${one.rules.length} rules`
  return `${who}: ${one.question}${reason} [${one.fact}; for ${waiting}; can change ${one.canChange.join(', ')}]`
}

export function considered(
  it: Recommendation,
  several: boolean,
  all: boolean,
  block: Block,
): string[] {
  const notes = it.prompts.filter(met)
  const shown = all ? notes : notes.slice(0, 8)
  return [
    ...block(
      'TO CONSIDER',
      shown.map((one) => entry(one.note.trim().replace(/\s+/g, ' '), one, several)),
    ),
    ...(notes.length > shown.length
      ? ['', `  ${notes.length - shown.length} more. Show them with --all.`]
      : []),
  ]
}
