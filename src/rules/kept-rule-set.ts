import { fine, type Result, refuse } from '../domain/problem.ts'
import type { Policy } from './policy.ts'
import { contentOf, digestOf, type RuleSet } from './rule-set.ts'

type Content = ReturnType<typeof contentOf>

/**
 * A rule set as text for the record: everything that a recommendation depends on. Kept by its
 * digest, so that a case can be explained years later with the rules of its day.
 */
export const keepRuleSet = (ruleSet: RuleSet): string => JSON.stringify(contentOf(ruleSet))

/**
 * A rule set read back from the record.
 * @param digest the digest under which it was kept
 * @returns the rule set, or a problem where the text is not what was kept
 */
export function restoreRuleSet(text: string, digest: string): Result<RuleSet> {
  const content = read(text)
  if (!content || digestOf(content) !== digest)
    return refuse({
      message: `The rule set kept as ${digest} is not what was kept: its digest is another.`,
      mend: 'Restore it from a backup; nothing is explained with a rule set that was changed.',
    })
  const { partnership } = content
  const id = typeof partnership === 'string' ? partnership : partnership.id
  const { offences, bankHolidays, rules, facts, sources, disposals, parameters } = content
  const all = rules.map((rule) => ({ ...rule, examples: [], file: '' })) as Policy['rules']
  return fine({
    partnership: id,
    title: typeof partnership === 'string' ? 'National rules alone' : partnership.title,
    digest,
    rules: all,
    policy: {
      facts,
      sources,
      disposals,
      parameters,
      offences: new Map(Object.entries(offences)),
      bankHolidays: { ...bankHolidays, dates: new Set(bankHolidays.dates) },
      partnerships: typeof partnership === 'string' ? {} : { [id]: partnership },
      rules: all,
    },
  })
}

function read(text: string): Content | undefined {
  try {
    return JSON.parse(text) as Content
  } catch {
    return undefined
  }
}
