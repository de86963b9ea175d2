import { z } from 'zod'
import { agencies } from './lists.ts'
import { isPlainDate, type Period, periodSchema } from './plain-date.ts'
import { didYouMean, type Problem, pointer } from './problem.ts'

/** An answer to one question. Periods are the answers of `parameter.*` facts only. */
export type Answer = string | number | readonly string[] | Period

/** Facts by id; a fact that is not known is absent. */
export type Facts = Readonly<Record<string, Answer>>

export const factIdPattern = /^[a-z]+(\.[a-z][a-z0-9_]*)$/

const fixedAnswers = z.array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)).min(2)

/** What kind of answer a fact takes. */
export const answersSchema = z.union([
  z.enum(['yes-no', 'whole-number', 'date', 'text']),
  fixedAnswers,
  z.strictObject({ 'list-of': z.union([z.literal('text'), fixedAnswers]) }),
])
export type Answers = z.infer<typeof answersSchema>

/** One question that a rule may ask, as `rules/facts.yaml` holds it. */
export const factDefinitionSchema = z.strictObject({
  name: z.string().min(1),
  ask: z.string().min(1),
  answers: answersSchema,
  answered_by: z.enum([...agencies, 'worked-out']),
  worked_out_from: z.array(z.string()).optional(),
  /** Who can say, where a worked-out fact does not follow although its inputs are known. */
  else_answered_by: z.enum(agencies).optional(),
  judgement: z.literal('yes').optional(),
  protected: z.literal('yes').optional(),
  needs: z.literal('yes').optional(),
  /** Answers that say that nobody knows: given, they count as no answer. */
  not_known: z.array(z.string()).min(1).optional(),
  /** The least and the most that a whole number may be. */
  between: z.tuple([z.int(), z.int()]).optional(),
  unused_because: z.string().optional(),
})
export type FactDefinition = z.infer<typeof factDefinitionSchema>
export type FactDefinitions = Readonly<Record<string, FactDefinition>>

/** Own properties only, so that `constructor` and its like are never found. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** The fixed answers of a fact, or undefined where any number, date or text will do. */
export function fixedAnswersOf(answers: Answers): readonly string[] | undefined {
  if (answers === 'yes-no') return ['yes', 'no']
  if (Array.isArray(answers)) return answers
  if (typeof answers === 'object' && Array.isArray(answers['list-of'])) return answers['list-of']
  return undefined
}

/** True where the answer is a list; a list that is given is complete, and `[]` means asked, none. */
export const isListFact = (answers: Answers): answers is Exclude<Answers, string | string[]> =>
  typeof answers === 'object' && !Array.isArray(answers)

/** What a person would be told about the answers a fact takes. */
export function describeAnswers(answers: Answers): string {
  const fixed = fixedAnswersOf(answers)
  if (isListFact(answers)) return fixed ? `a list of: ${fixed.join(', ')}` : 'a list of short texts'
  if (fixed) return `one of: ${fixed.join(', ')}`
  if (answers === 'whole-number') return 'a whole number, not negative'
  if (answers === 'date') return 'a date that exists, written YYYY-MM-DD'
  return 'a short text'
}

/** Why `answer` does not fit, or undefined where it does. */
export function misfit(
  answers: Answers,
  answer: unknown,
  between?: readonly [number, number],
): string | undefined {
  const fixed = fixedAnswersOf(answers)
  const wrong = `takes ${describeAnswers(answers)}; it was given ${JSON.stringify(answer)}.`
  if (isListFact(answers)) {
    if (!Array.isArray(answer) || answer.some((item) => typeof item !== 'string')) return wrong
    const stranger = fixed && answer.find((item: string) => !fixed.includes(item))
    if (stranger !== undefined) return `${wrong}${didYouMean(stranger, fixed ?? [])}`
    return new Set(answer).size < answer.length ? `${wrong} One answer stands twice.` : undefined
  }
  if (fixed) {
    if (typeof answer === 'string' && fixed.includes(answer)) return undefined
    return `${wrong}${typeof answer === 'string' ? didYouMean(answer, fixed) : ''}`
  }
  if (answers === 'whole-number') {
    if (!Number.isSafeInteger(answer) || (answer as number) < 0) return wrong
    const [least, most] = between ?? [0, Number.MAX_SAFE_INTEGER]
    const within = least <= (answer as number) && (answer as number) <= most
    return within ? undefined : `goes from ${least} to ${most}; it was given ${answer}.`
  }
  if (typeof answer !== 'string') return wrong
  if (answers === 'date') return isPlainDate(answer) ? undefined : wrong
  return answer.trim() === '' || answer.length > 4000 ? wrong : undefined
}

/**
 * Checks facts against their definitions. An absent or null answer is simply not known, and so is
 * an answer that says that nobody knows.
 * @returns the facts that are known, those that are said not to be, and a problem for each that
 * cannot be used
 */
export function readFacts(
  definitions: FactDefinitions,
  given: Readonly<Record<string, unknown>>,
  ...path: (string | number)[]
): { facts: Facts; unknown: string[]; problems: Problem[] } {
  const problems: Problem[] = []
  const known: [string, Answer][] = []
  const unknown: string[] = []
  for (const [id, answer] of Object.entries(given)) {
    const at = pointer(...path, id)
    const definition = lookUp(definitions, id)
    if (!definition) {
      problems.push({
        message: `I don't know the fact "${id}".${didYouMean(id, Object.keys(definitions))}`,
        mend: 'Facts are listed in rules/facts.yaml and at POST /v1/questions.',
        pointer: at,
      })
    } else if (/^(parameter|provision)\./.test(id)) {
      problems.push({
        message: `"${id}" comes from the partnership's own file and cannot be given with a case.`,
        mend: 'Leave it out. To change it, edit rules/partnerships/<partnership>/partnership.yaml.',
        pointer: at,
      })
    } else if (answer === null || answer === undefined) unknown.push(id)
    else {
      const wrong = misfit(definition.answers, answer, definition.between)
      if (wrong) problems.push({ message: `"${id}" ${wrong}`, pointer: at })
      else if (saysNobodyKnows(definition, answer)) unknown.push(id)
      else known.push([id, answer as Answer])
    }
  }
  return { facts: Object.fromEntries(known), unknown, problems }
}

/** True for an answer such as `unknown` or `not-screened`: it settles nothing, so it is none. */
export const saysNobodyKnows = (definition: FactDefinition, answer: unknown): boolean =>
  answer === 'unknown' || (definition.not_known ?? []).includes(String(answer))

/** True for a period such as a parameter may hold. */
export const isPeriod = (answer: Answer | undefined): answer is Period =>
  periodSchema.safeParse(answer).success
