import { InvalidArgumentError, Option } from 'commander'
import { isPlainDate } from '../domain/plain-date.ts'

/** The options that several commands share. */

export const rulesFolder = () => new Option('--rules <folder>', 'the rules folder').default('rules')

export const asJson = () => new Option('--json', 'answer as JSON').default(false)

export const partnership = (whenLeftOut: string) =>
  new Option(
    '--partnership <id>',
    `whose rules: derby, derbyshire, nottingham, west-mercia, national (default: ${whenLeftOut})`,
  )

export const asAt = (whenLeftOut: string) =>
  new Option(
    '--as-at <date>',
    `the day whose rules apply (YYYY-MM-DD; default: ${whenLeftOut})`,
  ).argParser(aDate)

function aDate(text: string): string {
  if (!isPlainDate(text)) throw new InvalidArgumentError('Write a date that exists, as YYYY-MM-DD.')
  return text
}
