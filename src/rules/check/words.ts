import { lookUp } from '../../domain/fact.ts'
import { disposals } from '../../domain/lists.ts'
import type { Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import { operators, type Rule } from '../schema.ts'
import type { Path } from '../yaml-file.ts'
import { eachRule } from './context.ts'

/** Words that must never be said, and the length that a clinic member will read. */
export const checkWords = eachRule((rule, yaml, { policy }) => {
  const problems: Problem[] = []
  if (sentencesIn(rule.because) > 2)
    problems.push(
      yaml.problem(
        ['because'],
        'Say it in at most two sentences.',
        'Move the rest to doubts or to the source.',
      ),
    )
  const codeWord = codeWordIn(rule.because, policy)
  if (codeWord)
    problems.push(
      yaml.problem(
        ['because'],
        `Speak to a clinic member: "${codeWord}" is a code word.`,
        'Say it in everyday words.',
      ),
    )
  const ordering = shownTexts(rule).find(({ text }) =>
    /\b(must|has to|have to|shall) (always )?(be )?charged?\b/i.test(text),
  )
  if (ordering)
    problems.push(
      yaml.problem(
        ordering.path,
        'No rule says that a child must be charged.',
        'A starting point may always be departed from.',
      ),
    )
  return problems
})

function sentencesIn(text: string): number {
  const withoutAbbreviations = text.replace(/\b(s|ss|para|no|e\.g|i\.e)\./gi, '$1')
  return withoutAbbreviations.match(/[.!?](\s|$)/g)?.length ?? 0
}

/** A fact id, a disposal's id, an operator, or anything else with underscores, slashes or backticks. */
function codeWordIn(text: string, policy: Policy): string | undefined {
  const words = text.split(/[\s,;:()"]+/).map((word) => word.replace(/[.!?]+$/, ''))
  return words.find(
    (word) =>
      lookUp(policy.facts, word) !== undefined ||
      (word.includes('-') && (disposals as readonly string[]).includes(word)) ||
      (/[A-Z]/.test(word) && (operators as readonly string[]).includes(word)) ||
      /[a-z]_[a-z]|`/.test(word),
  )
}

/** Every text of a rule that people are shown, with its place. */
function shownTexts(rule: Rule): { path: Path; text: string }[] {
  return [
    { path: ['title'], text: rule.title },
    { path: ['because'], text: rule.because },
    ...textsWithin(rule.then, ['then']),
  ]
}

function textsWithin(value: unknown, path: Path): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    textsWithin(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}
