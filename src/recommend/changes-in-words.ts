import { inWords } from '../domain/plain-date.ts'
import { answerInWords } from '../rules/explain.ts'
import type { Changes, Moved } from './changes.ts'
import { statusWords } from './words.ts'

/** A move as the sentences need it, whatever its states are. */
type Move = Moved<string>

/**
 * What changed, in plain sentences, the weightiest first. Without a change there is no sentence.
 * @param several whether there is more than one offence, so that it must be said which is meant
 */
export function changesInWords(changes: Changes, several: boolean): string[] {
  const each = (moves: readonly Move[], say: (move: Move) => string) =>
    moves.map((move) => `${whom(move, several)}${say(move)}`)
  return [
    ...(changes.status
      ? [
          `The referral was "${statusWords[changes.status.before]}" and is now "${statusWords[changes.status.after]}".`,
        ]
      : []),
    ...rules(changes),
    ...each(changes.exclusions, (one) => cameOrWent(one, 'it is not for this clinic', 'exclusion')),
    ...each(changes.holds, (one) => cameOrWent(one, `wait until ${one.what}`, 'hold')),
    ...each(changes.routes, (one) =>
      cameOrWent(one, `first to: ${answerInWords(one.what)}`, 'way'),
    ),
    ...each(changes.options, option),
    ...each(changes.startingPoints, (one) =>
      cameOrWent(one, `the starting point is "${one.what}"`, 'starting point'),
    ),
    ...each(changes.requirements, requirement),
    ...each(changes.clocks, clock),
    ...changes.needToKnow.map(({ question, change }) =>
      change === 'new'
        ? `This now needs to be known: ${question}`
        : `This no longer waits for an answer: ${question}`,
    ),
  ]
}

/** `For offences 1 and 2: `, where there are several; victims always, by number alone. */
function whom({ offences, victims }: Move, several: boolean): string {
  const about = [
    ...(several && offences.length > 0 ? [numbered('offence', offences)] : []),
    ...(victims.length > 0 ? [numbered('victim', victims)] : []),
  ]
  return about.length > 0 ? `For ${about.join(' and ')}: ` : ''
}

const numbered = (noun: string, all: readonly number[]): string =>
  `${noun}${all.length > 1 ? 's' : ''} ${listed(all.map(String))}`

const listed = (all: readonly string[]): string =>
  all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join('')

function rules({ rules: changed }: Changes): string[] {
  if (!changed) return []
  const { before, after } = changed
  const days = [before.asAt, after.asAt].map((day) => inWords(day))
  return [
    ...(before.digest === after.digest
      ? []
      : ['The rules themselves changed in between: another rule set was used.']),
    ...(before.asAt === after.asAt
      ? []
      : [`The rules were those of ${days[0]}, and are now those of ${days[1]}.`]),
    ...(before.partnership === after.partnership
      ? []
      : [
          `The rules were those of ${before.partnership}, and are now those of ${after.partnership}.`,
        ]),
  ]
}

/** What a rule began to say, no longer says, or says with another certainty. */
function cameOrWent({ before, after, rule }: Move, says: string, noun: string): string {
  const by = rule ? ` Rule: ${rule.title}.` : ''
  const sure = (state: string | null) => state === 'met' || state === 'starting-point'
  if (after === null) return `No longer so: ${says}.${by}`
  if (before === null)
    return sure(after) ? `New: ${says}.${by}` : `New: there may be ${an(noun)}: ${says}.${by}`
  return sure(after) ? `Now certain: ${says}.${by}` : `No longer certain: ${says}.${by}`
}

const an = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

const standings: Readonly<Record<string, string>> = {
  open: 'open',
  'ruled-out': 'ruled out',
  'cannot-tell': 'not settled yet',
}

function option({ what, before, after }: Move): string {
  const now = standings[after ?? ''] ?? ''
  if (before === null) return `"${what}" is now among the options: ${now}.`
  if (after === null) return `"${what}" is no longer among the options.`
  return `"${what}" was ${standings[before]} and is now ${now}.`
}

const states: Readonly<Record<string, string>> = {
  outstanding: 'outstanding',
  done: 'done',
  'cannot-tell': 'not to be told yet',
  'may-be-needed': 'perhaps not needed at all',
}

function requirement({ what, before, after }: Move): string {
  if (after === null) return `No longer asked for: ${what}.`
  if (after === 'done') return `Done: ${what}.`
  if (before === null)
    return after === 'may-be-needed' ? `This may be needed: ${what}.` : `New: ${what}.`
  return `It was ${states[before]} and is now ${states[after]}: ${what}.`
}

const days: Readonly<Record<string, string>> = {
  'no-day-yet': 'a day not known yet',
  'may-run': 'not certain to run',
}
const dayOf = (state: string) => days[state] ?? inWords(state)

function clock({ what, before, after }: Move): string {
  const name = `the time limit "${answerInWords(what)}"`
  if (after === null) return `No longer running: ${name}.`
  if (before === null) return `New: ${name}, until ${dayOf(after)}.`
  return `Moved from ${dayOf(before)} to ${dayOf(after)}: ${name}.`
}
