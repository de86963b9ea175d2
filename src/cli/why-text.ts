import type { Finding } from '../domain/recommendation.ts'
import { confirmationWords } from '../recommend/words.ts'
import { type Console, colours, fold } from './output.ts'

/** One rule's whole reasoning: every test with its answer, the sources, what is still open. */
export function whyText(console: Console, found: readonly Finding[]): string {
  const paint = colours(console)
  return found
    .map(({ rule, offences, explanation }) =>
      [
        `${paint.bold(rule.title)} (${rule.id})`,
        ...(offences.length > 0 ? [`About offence ${offences.join(' and ')}.`] : []),
        ...explanation.map((line) => fold(line, ' '.repeat(line.search(/\S/)))),
        '',
        'It rests on:',
        ...rule.source.map(({ title, at, confirmed }) =>
          fold(`${title}, ${at} (${confirmationWords[confirmed]})`, '  ', 96, '    '),
        ),
        ...(rule.doubts.length > 0 ? ['', 'Still open:'] : []),
        ...rule.doubts.map(({ question, owner }) =>
          fold(`${question} (${owner})`, '  ', 96, '    '),
        ),
      ].join('\n'),
    )
    .join('\n\n')
}
