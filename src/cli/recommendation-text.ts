import { type Stage, type Standing, type Status, stages } from '../domain/lists.ts'
import { inWords } from '../domain/plain-date.ts'
import type {
  Concern,
  NeedToKnow,
  Recommendation,
  RuleReference,
} from '../domain/recommendation.ts'
import { answerInWords, capital, periodInWords } from '../rules/explain.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type Console, colours, fold } from './output.ts'

/**
 * A recommendation for people at a terminal: status first, then options, what is needed, what is
 * not known and from whom, each with a short why and its source. What belongs to later steps is
 * counted and shown with `all`.
 */
export function recommendationText(
  console: Console,
  ruleSet: RuleSet,
  it: Recommendation,
  all = false,
): string {
  const paint = colours(console)
  const block = (heading: string, lines: string[]) =>
    lines.length === 0 ? [] : ['', paint.bold(heading), ...lines]
  const several = it.offences.length > 1
  return [
    `${paint.bold('Waymark recommendation.')} Advice to the clinic: people decide.`,
    `${ruleSet.title}, rules as at ${inWords(it.ruleSet.asAt)} (${it.ruleSet.digest.slice(0, 19)})`,
    '',
    paint.bold(`STATUS: ${statusWords[it.status]}`),
    ...statusLines(it, several),
    ...it.offences.flatMap((offence) =>
      block(
        `OFFENCE ${offence.offence}: ${offence.title ?? 'no code given'}`,
        offenceLines(offence, paint),
      ),
    ),
    ...needed(it, several, all, block),
    ...unknown(it, all, block),
    ...block(
      'CLOCKS',
      it.clocks
        .filter(met)
        .map((one) => entry(`${one.rule.title}: ${clockWords(one)}`, one, several)),
    ),
    ...block(
      'OTHER FORUMS AND OFFERS OF HELP',
      [...it.routes, ...it.referrals]
        .filter(met)
        .map((one) => entry(capital(answerInWords(one.to)), one, several)),
    ),
    ...considered(it, several, all, block),
    '',
    '* not everything it rests on was read in full: check before use.',
    'The whole reasoning of one rule: waymark recommend CASE --why RULE',
  ].join('\n')
}

export const statusWords: Record<Status, string> = {
  excluded: 'not for this clinic',
  'cannot-tell': 'cannot tell yet whether this is for the clinic',
  'on-hold': 'on hold',
  open: 'open to the clinic',
}

const met = ({ verdict }: Concern) => verdict === 'met'
type Block = (heading: string, lines: string[]) => string[]

function statusLines(it: Recommendation, several: boolean): string[] {
  const says = (one: Concern, what: string) =>
    entry(`${met(one) ? '' : 'Not known yet: '}${one.rule.title}. ${what}`, one, several)
  return [
    ...it.exclusions.map((one) => says(one, `It would go to: ${answerInWords(one.route)}.`)),
    ...it.holds.map((one) =>
      says(
        one,
        `It would pause ${one.disposals.map(answerInWords).join(', ')} until ${one.until}.`,
      ),
    ),
  ]
}

function offenceLines(
  offence: Recommendation['offences'][number],
  paint: ReturnType<typeof colours>,
): string[] {
  const points = offence.startingPoints.filter(({ state }) => state === 'starting-point')
  return [
    ...offence.options.flatMap(({ standing, title, because, heldBy }) => {
      const reasons = standing === 'ruled-out' ? because.filter(met) : because
      const held = heldBy.some(met) ? ' (on hold)' : ''
      return [
        `  ${standingWords(paint)[standing]} ${title}${held}`,
        ...reasons
          .slice(0, 2)
          .map((one) =>
            fold(`${met(one) ? '' : 'Depends on: '}${short(one.rule)}`, ' '.repeat(15)),
          ),
        ...(reasons.length > 2 ? [`${' '.repeat(15)}and ${reasons.length - 2} more`] : []),
      ]
    }),
    ...points.map(({ says, rule }) => fold(`${says} ${short(rule)}`, '  ')),
    ...(points.length === 0 ? [fold(noStartYet(offence), '  ')] : []),
    ...(offence.sourcesDiffer
      ? ['  The sources differ, and neither is marked: the clinic weighs both.']
      : []),
  ]
}

/** What may become the starting point, once more is known. */
function noStartYet({ startingPoints, options }: Recommendation['offences'][number]): string {
  const titles = new Set(
    startingPoints.map(
      (one) => options.find(({ disposal }) => disposal === one.disposal)?.title ?? one.disposal,
    ),
  )
  const may = titles.size > 0 ? ` Once more is known it may be: ${[...titles].join('; ')}.` : ''
  return `No starting point follows from what is known.${may}`
}

function needed(it: Recommendation, several: boolean, all: boolean, block: Block): string[] {
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

/** What narrows a requirement: that it cannot be set aside, or that few disposals need it. */
function limits({ hard, for: only }: Recommendation['requirements'][number]): string {
  const few = only && only.length <= 2 ? ` (only for ${only.map(answerInWords).join(' and ')})` : ''
  return `${few}${hard ? ' (cannot be set aside)' : ''}`
}

function unknown(it: Recommendation, all: boolean, block: Block): string[] {
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

function considered(it: Recommendation, several: boolean, all: boolean, block: Block): string[] {
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

/** One line of a list: what, where it comes from, whom it concerns. */
function entry(what: string, one: Concern, several: boolean): string {
  const whom = several && one.offences.length > 0 ? ` (offence ${one.offences.join(', ')})` : ''
  return fold(`${what}${whom} ${source(one.rule)}`, '  ', 96, '    ')
}

/** `Title [Crime and Disorder Act 1998, s.66ZA; disposals/admission]*` */
const short = (rule: RuleReference): string => `${rule.title} ${source(rule)}`

const source = (rule: RuleReference): string => {
  const [first] = rule.source
  return `[${first?.title}, ${first?.at}; ${rule.id}]${rule.checkBeforeUse ? '*' : ''}`
}

const agencyWords = (agency: string): string =>
  agency === 'cps' ? 'Crown Prosecution Service' : capital(answerInWords(agency))

const clockWords = (one: Recommendation['clocks'][number]): string => {
  const within = one.within ? ` (${periodInWords(one.within)})` : ''
  if (!one.due) return `the day it starts from is not known${within}`
  return `${inWords(one.due)}${one.passed ? ', past' : ''}${one.binds ? ', binding' : ''}${within}`
}

const standingWords = (paint: ReturnType<typeof colours>): Record<Standing, string> => ({
  open: paint.green('open       '),
  'ruled-out': paint.red('ruled out  '),
  'cannot-tell': paint.yellow('cannot tell'),
})
