import type { Concern, RuleReference } from '../domain/recommendation.ts'
import { fold } from './output.ts'

/** Adds a heading and lines, or nothing where there are no lines. */
export type Block = (heading: string, lines: string[]) => string[]

export const met = ({ verdict }: Concern): boolean => verdict === 'met'

/** One line of a list: what, where it comes from, whom it concerns. */
export function entry(what: string, one: Concern, several: boolean): string {
  const whom = several && one.offences.length > 0 ? ` (offence ${one.offences.join(', ')})` : ''
  return fold(`${what}${whom} ${source(one.rule)}`, '  ', 96, '    ')
}

/** `Title [Crime and Disorder Act 1998, s.66ZA; disposals/admission]*` */
export const short = (rule: RuleReference): string => `${rule.title} ${source(rule)}`

const source = (rule: RuleReference): string => {
  const [first] = rule.source
  return `[${first?.title}, ${first?.at}; ${rule.id}]${rule.checkBeforeUse ? '*' : ''}`
}
