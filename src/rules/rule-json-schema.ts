import { z } from 'zod'
import { type FactDefinition, fixedAnswersOf, isListFact, isPeriod } from '../domain/fact.ts'
import type { Policy } from './policy.ts'
import { hovers } from './rule-hovers.ts'
import { ruleSchema } from './schema.ts'

/** A JSON schema as data; only the keywords that are touched here have a type of their own. */
export type JsonSchema = {
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
  definitions?: Record<string, JsonSchema>
  [keyword: string]: unknown
}

/**
 * The JSON schema by which an editor completes a rule while it is written and explains each key:
 * the shape of schema.ts, with this policy's facts, parameters and sources to choose from.
 */
export function ruleJsonSchema(policy: Policy): JsonSchema {
  const schema = z.toJSONSchema(ruleSchema, { target: 'draft-07', io: 'input' }) as JsonSchema
  const { places, definitions } = choicesOf(policy)
  const { $schema, ...shape } = withChoices(schema, '', places)
  return {
    $schema,
    title: 'A rule of Waymark',
    description:
      'Made from src/rules/schema.ts and the catalogues by scripts/write-rule-schema.ts.',
    ...shape,
    definitions: { ...shape.definitions, ...definitions },
  }
}

type Choices = Readonly<Record<string, JsonSchema>>

/** What may stand at some places, by the key and the key around it, as `hovers` names them. */
function choicesOf({ facts, parameters, sources }: Policy): {
  places: Choices
  definitions: Choices
} {
  const isLength = (id: string) => parameters[id]?.values.some(({ value }) => isPeriod(value))
  const oneOf = (found: [string, string][]): JsonSchema => ({
    enum: found.map(([id]) => id),
    enumDescriptions: found.map(([, description]) => description),
  })
  const factsWhere = (fits: (id: string, fact: FactDefinition) => boolean) =>
    Object.entries(facts).filter(([id, fact]) => !fact.protected && fits(id, fact))
  const asking = (found: [string, FactDefinition][]) =>
    oneOf(found.map(([id, { ask }]) => [id, ask]))
  const lengths = asking(factsWhere((id) => isLength(id) === true))
  const definitions = {
    fact: asking(factsWhere((id) => !isLength(id))),
    parameter: asking(factsWhere((id) => isLength(id) === false)),
  }
  const places = {
    fact: { $ref: '#/definitions/fact' },
    'value.fact': { $ref: '#/definitions/parameter' },
    'clock.within': lengths,
    'hold.review_within': lengths,
    'clock.from': asking(factsWhere((_id, { answers }) => answers === 'date')),
    'source.ref': oneOf(Object.entries(sources).map(([id, { title }]) => [id, title])),
    'examples.given': {
      properties: Object.fromEntries(
        Object.entries(facts).map(([id, fact]) => [id, answerSchema(fact)]),
      ),
      additionalProperties: false,
    },
    'in_force.applied_from': { format: 'date' },
    'in_force.until': { format: 'date' },
    'examples.as_at': { format: 'date' },
  }
  return { places, definitions: mapValues(definitions, (one) => ({ type: 'string', ...one })) }
}

/** What an example may give as the answer to one fact; nought where it is not known. */
function answerSchema(fact: FactDefinition): JsonSchema {
  const { ask: description, answers } = fact
  const fixed = fixedAnswersOf(answers)
  const one = fixed ? { enum: fixed } : { type: 'string' }
  if (fact.answered_by === 'partnership') return { description }
  if (isListFact(answers)) return { description, type: ['array', 'null'], items: one }
  if (fixed) return { description, enum: [...fixed, null] }
  return { description, type: [answers === 'whole-number' ? 'integer' : 'string', 'null'] }
}

/** The same schema with its choices and descriptions, all the way down. */
function withChoices(schema: JsonSchema, around: string, choices: Choices): JsonSchema {
  const inside = (one: JsonSchema, key = around) => withChoices(one, key, choices)
  const { properties, items, anyOf, definitions, ...rest } = schema
  return {
    ...rest,
    ...(properties && {
      properties: mapValues(properties, (one, key) => {
        const place = around === '' ? key : `${around}.${key}`
        const description = hovers[place]
        return {
          ...(description === undefined ? {} : { description }),
          // The members of a group are tests again, whatever group it is.
          ...inside(one, ['all', 'any', 'not'].includes(key) ? '' : key),
          ...choices[place],
        }
      }),
    }),
    ...(items && { items: inside(items) }),
    ...(anyOf && { anyOf: anyOf.map((one) => inside(one)) }),
    ...(definitions && { definitions: mapValues(definitions, (one) => inside(one, '')) }),
  }
}

const mapValues = (
  record: Record<string, JsonSchema>,
  map: (value: JsonSchema, key: string) => JsonSchema,
): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
