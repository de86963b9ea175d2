import type { z } from 'zod'
import { factIdPattern } from '../domain/fact.ts'
import { didYouMean } from '../domain/problem.ts'

/** What is said of a value that does not fit the schema of its place. */
type Words = { message: string; mend?: string | undefined }

const missing = new Map<unknown, string>([
  ['source', 'Every rule names the law, guidance or protocol it rests on, and the place in it.'],
  ['at', 'Say where in the source: a section, a paragraph, a heading.'],
  ['examples', 'Add three: one where the rule is met, one where it is not, one with the fact missing.'],
  ['because', 'Say why, in at most two sentences, to a clinic member.'],
  ['in_force', 'Write in_force: { from: 2026-04-01 }, or from: not-stated with applied_from.'],
])

/** How to mend a key that is not there, or has nothing after it. */
export const mendMissing = (key: unknown): string | undefined => missing.get(key)

/** What is wrong with a value, and how to mend it. */
export function misfitWords(issue: z.core.$ZodIssue, value: unknown): Words {
  const given = `it is ${describe(value)}.`
  switch (issue.code) {
    case 'invalid_type':
      return {
        message: `must be ${kinds.get(issue.expected) ?? issue.expected}; ${given}`,
        mend: mendKind(issue.expected, value),
      }
    case 'invalid_value': {
      const known = issue.values.map(String)
      if (known.length === 1 && known[0] === '') return { message: `${issue.message}.` }
      const oneOf = known.length === 1 ? known[0] : `one of: ${known.filter(Boolean).join(', ')}`
      return { message: `must be ${oneOf}; ${given}${didYouMean(String(value), known)}` }
    }
    case 'too_small':
      return issue.origin === 'array'
        ? {
            message: `needs at least ${issue.minimum}; it has ${(value as unknown[]).length}.`,
            mend: mendMissing(issue.path.at(-1)),
          }
        : issue.origin === 'string'
          ? { message: 'is empty.', mend: mendMissing(issue.path.at(-1)) }
          : { message: `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}; ${given}` }
    case 'invalid_format':
      return { message: `is not written as such a name is; ${given}`, mend: formOf(issue) }
    case 'invalid_key':
      return {
        message: 'is not written as a name is here.',
        mend: issue.issues.map(formOf).find(Boolean),
      }
    default:
      return { message: `${issue.message}; ${given}` }
  }
}

const kinds = new Map<string, string>([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['array', 'a list'],
  ['object', 'a set of keys'],
  ['record', 'a set of keys'],
])

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a set of keys'
  const text = JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 57)}…"`
}

function mendKind(expected: string, value: unknown): string | undefined {
  if (expected === 'array') return 'Start each item on a line of its own with "- ".'
  if (typeof value === 'boolean') return 'An answer is yes or no, not true or false.'
  if (expected === 'string' && typeof value === 'number') return 'Put quotation marks around it.'
  if (expected !== 'string' && typeof value === 'string' && Number.isFinite(Number(value)))
    return 'Take the quotation marks away.'
  if (['object', 'record'].includes(expected) && Array.isArray(value))
    return 'Take the "- " away, and write key: value.'
  return undefined
}

/** The forms that ids have, by the pattern that the schema holds. */
const forms: readonly { fits: string; form: string }[] = [
  { fits: 'a.b_c', form: 'Write it as noun.small_letters, such as child.age_now.' },
  { fits: 'parameter.b_c', form: 'Write it as parameter.small_letters, such as parameter.child_from.' },
  { fits: 'a-b/c-d', form: 'Write it as area/short-name, in small letters, figures and hyphens.' },
  { fits: 'a-b', form: 'Write it in small letters, figures and hyphens.' },
  { fits: 'provision.x', form: 'Write it as provision.small_letters.' },
]

function formOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'invalid_format' || issue.pattern === undefined) return undefined
  if (issue.pattern === String(factIdPattern)) return forms[0]?.form
  const pattern = new RegExp(issue.pattern.replace(/^\/|\/$/g, ''))
  return [...forms].reverse().find(({ fits }) => pattern.test(fits))?.form
}
