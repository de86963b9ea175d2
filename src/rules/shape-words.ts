import type { z } from 'zod'
import { factIdPattern } from '../domain/fact.ts'
import { didYouMean } from '../domain/problem.ts'

/** What is said of a value that does not fit the schema of its place. */
type Words = { message: string; mend?: string | undefined }

const missing = new Map<unknown, string>([
  ['source', 'Every rule names the law, guidance or protocol it rests on, and the place in it.'],
  ['at', 'Say where in the source: a section, a paragraph, a heading.'],
  [
    'examples',
    'Add three: one where the rule is met, one where it is not, one with the fact missing.',
  ],
  ['when', 'Write the test: when: all: [ { fact: …, operator: …, value: … } ]'],
  ['because', 'Say why, in at most two sentences, to a clinic member.'],
  ['in_force', 'Write in_force: { from: 2026-04-01 }, or from: not-stated with applied_from.'],
])

/** How to mend a key that is not there, or has nothing after it. */
export function mendMissing(key: unknown, issue?: z.core.$ZodIssue): string | undefined {
  if (missing.has(key)) return missing.get(key)
  return issue?.code === 'invalid_value' && issue.values.length > 1
    ? `It is one of: ${issue.values.map(String).filter(Boolean).join(', ')}.`
    : undefined
}

/** What is wrong with a value, and how to mend it. */
export function misfitWords(issue: z.core.$ZodIssue, value: unknown): Words {
  const given = `it is ${describe(value)}.`
  switch (issue.code) {
    case 'invalid_type':
      return kindWords([issue.expected], value, issue.path.at(-1))
    case 'invalid_value': {
      const known = issue.values.map(String)
      if (known.length === 1 && known[0] === '') return { message: `${issue.message}.` }
      const oneOf = known.length === 1 ? known[0] : `one of: ${known.filter(Boolean).join(', ')}`
      return {
        message: `must be ${oneOf}; ${given}${didYouMean(String(value), known)}`,
        mend: typeof value === 'boolean' ? notBoolean : undefined,
      }
    }
    case 'too_small':
      return issue.origin === 'array'
        ? {
            message: `needs at least ${issue.minimum}; it has ${(value as unknown[]).length}.`,
            mend: mendMissing(issue.path.at(-1)),
          }
        : issue.origin === 'string'
          ? { message: 'is empty.', mend: mendMissing(issue.path.at(-1)) }
          : {
              message: `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}; ${given}`,
            }
    case 'invalid_format':
      return issue.format === 'url'
        ? { message: `must be a web address; ${given}`, mend: 'It begins with https://.' }
        : formWords(formOf(issue), `; ${given}`)
    case 'invalid_key':
      return formWords(issue.issues.map(formOf).find(Boolean), '.')
    default:
      return {
        message: `${issue.message}; ${given}${
          issue.path.at(-1) === 'from' ? didYouMean(String(value), ['not-stated']) : ''
        }`,
      }
  }
}

/** What is said of a value of the wrong kind; `key` where the key says how to mend it. */
export function kindWords(expected: readonly string[], value: unknown, key?: unknown): Words {
  const words = [...new Set(expected.map((kind) => kinds.get(kind) ?? kind))]
  const either = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words[0]
  return {
    message: `must be ${either}; it is ${describe(value)}.`,
    mend: mendKind(expected[0], value) ?? mendMissing(key),
  }
}

const formWords = (form: Form | undefined, end: string): Words => ({
  message: `${form?.must ?? 'is not in the form that is needed'}${end}`,
  mend: form?.mend,
})

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

const notBoolean = 'An answer is yes or no, not true or false.'

function mendKind(expected: string | undefined, value: unknown): string | undefined {
  if (expected === 'array') return 'Start each item on a line of its own with "- ".'
  if (typeof value === 'boolean') return notBoolean
  if (expected === 'string' && typeof value === 'number') return 'Put quotation marks around it.'
  if (expected !== 'string' && typeof value === 'string' && Number.isFinite(Number(value)))
    return 'Take the quotation marks away.'
  if ((expected === 'object' || expected === 'record') && Array.isArray(value))
    return 'Take the "- " away, and write key: value.'
  return undefined
}

type Form = { fits: string; must: string; mend: string }

/** What each kind of id is called, by a text that fits the pattern in the schema. */
const forms: readonly Form[] = [
  {
    fits: 'provision.x',
    must: 'must name a provision',
    mend: 'Write it as provision.small_letters.',
  },
  {
    fits: 'parameter.b_c',
    must: 'must name a parameter',
    mend: 'Write it as parameter.small_letters, and list it in rules/parameters.yaml.',
  },
  {
    fits: 'a-b/c-d',
    must: 'must be the id of a rule',
    mend: 'Write it as area/short-name, in small letters, figures and hyphens.',
  },
  {
    fits: 'a-b',
    must: 'must be in small letters, figures and hyphens',
    mend: 'Write it as one word, with hyphens for spaces.',
  },
]

const factForm: Form = {
  fits: 'a.b_c',
  must: 'must be the id of a fact',
  mend: 'Write it as noun.small_letters, such as child.age_now.',
}

function formOf(issue: z.core.$ZodIssue): Form | undefined {
  if (issue.code !== 'invalid_format' || issue.pattern === undefined) return undefined
  if (issue.pattern === String(factIdPattern)) return factForm
  const pattern = new RegExp(issue.pattern.replace(/^\/|\/$/g, ''))
  return forms.find(({ fits }) => pattern.test(fits))
}
