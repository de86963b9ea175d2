import type { Standing } from '../domain/lists.ts'
import { inWords } from '../domain/plain-date.ts'
import type { Concern, Recommendation } from '../domain/recommendation.ts'
import { agencyWords, statusWords } from '../recommend/words.ts'
import { answerInWords, periodInWords } from '../rules/explain.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { entry, met, short } from './entry.ts'
import { type Console, colours, fold } from './output.ts'
import { considered, needed, unknown } from './recommendation-lists.ts'

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
        .map((one) => entry(agencyWords(one.to), one, several)),
    ),
    ...considered(it, several, all, block),
    '',
    '* not everything it rests on was read in full: check before use.',
    'The whole reasoning of one rule: waymark recommend CASE --why RULE',
  ].join('\n')
}

function statusLines(it: Recommendation, several: boolean): string[] {
  const says = (one: Concern, what: string) =>
    entry(`${met(one) ? '' : 'Not known yet: '}${one.rule.title}. ${what}`, one, several)
  return [
    ...it.exclusions.map((one) =>
      says(one, `It ${met(one) ? 'goes' : 'would go'} to: ${agencyWords(one.route)}.`),
    ),
    ...it.holds.map((one) =>
      says(
        one,
        `It ${met(one) ? 'pauses' : 'would pause'} ${one.disposals.map(answerInWords).join(', ')} until ${one.until}.`,
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
    startingPoints
      .filter(({ standing }) => standing !== 'ruled-out')
      .map(
        (one) => options.find(({ disposal }) => disposal === one.disposal)?.title ?? one.disposal,
      ),
  )
  const may = titles.size > 0 ? ` Once more is known it may be: ${[...titles].join('; ')}.` : ''
  return `No starting point follows from what is known.${may}`
}

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
