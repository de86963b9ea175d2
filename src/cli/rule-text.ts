import type { RuleReference } from '../domain/recommendation.ts'
import { confirmationWords } from '../recommend/words.ts'
import { answerInWords, capital } from '../rules/explain.ts'
import type { InForce } from '../rules/schema.ts'
import { type Console, colours, fold } from './output.ts'
import type { RuleWords } from './rule-words.ts'
import { inForceWords } from './rules-list.ts'

type Explained = {
  /** Whose rule it is, in words. */
  whose: string
  reference: RuleReference
  rule: { in_force: InForce; replaces?: { id: string; because: string } | undefined }
  words: RuleWords
}

/** One rule for people at a terminal. */
export function ruleText(console: Console, { whose, reference, rule, words }: Explained): string {
  const paint = colours(console)
  const block = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint.bold(heading), ...lines]
  const indented = (line: string) => {
    const indent = ' '.repeat(2 + Math.max(0, line.search(/\S/)))
    return fold(line, indent, 96, `${indent}  `)
  }
  const { id, title, authority, because, source, doubts, checkBeforeUse } = reference
  return [
    paint.bold(fold(`${title} (${id})${checkBeforeUse ? '*' : ''}`)),
    fold(`${whose}; ${answerInWords(authority)}; ${inForceWords(rule.in_force)}.`),
    ...(rule.replaces
      ? [fold(`It stands in the place of ${rule.replaces.id}: ${rule.replaces.because}`)]
      : []),
    ...block('WHICH CASES IT IS ABOUT', words.isAbout.map(indented)),
    ...block('WHAT IT ASKS', words.asks.map(indented)),
    ...block('WHAT IT DOES WHEN THAT IS SO', words.does.map(indented)),
    ...block('WHY', [fold(because, '  ')]),
    ...block(
      'WHAT IT RESTS ON',
      source.map((one) =>
        indented(`${one.title}, ${one.at} (${confirmationWords[one.confirmed]})`),
      ),
    ),
    ...block(
      'STILL OPEN',
      doubts.map(({ question, owner }) => indented(`${question} (${owner})`)),
    ),
    ...block(
      'EXAMPLES',
      words.examples.flatMap(({ name, given, says }) => [
        indented(`${name}: ${says}.`),
        fold(`${capital(given)}.`, '    ', 96, '      '),
      ]),
    ),
    ...(checkBeforeUse
      ? ['', '* not everything it rests on was read in full: check before use.']
      : []),
  ].join('\n')
}
