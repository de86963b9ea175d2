/** A JSON Schema as the OpenAPI document holds it, as far as ours goes. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  enum?: unknown[]
  const?: unknown
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
type Answer = { content?: Record<string, { schema?: Schema }> }
export type Operation = {
  summary: string
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, Answer>
}
export type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes?: Record<string, object> }
}

/** The statuses that a call is said to answer, without those of `but`. */
export const statusesOf = ({ responses }: Operation, but: readonly number[] = []): number[] =>
  Object.keys(responses)
    .map(Number)
    .filter((status) => !but.includes(status))
    .sort()

/**
 * What an answer says that the document does not, and what the document promises and it does not
 * say. Keys that are not described count, although the document leaves objects open.
 */
export async function undescribed(
  document: Document,
  operation: Operation,
  answer: Response,
): Promise<string[]> {
  const described = operation.responses[String(answer.status)]
  if (!described) return [`${answer.status} is not described`]
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const schema = described.content?.[type]?.schema
  if (!schema) return [`${answer.status} is not described as ${type}`]
  if (!/^application\/(problem\+)?json$/.test(type)) return []
  return misfits(document, schema, await answer.json(), '')
}

/** Where a value is not what a schema describes. */
export function misfits(root: Document, schema: Schema, value: unknown, at: string): string[] {
  const whole = flat(root, schema)
  const choices = whole.anyOf ?? whole.oneOf
  if (choices) {
    const tried = choices.map((one) => misfits(root, one, value, at))
    return tried.sort((one, other) => one.length - other.length)[0] ?? []
  }
  if (whole.const !== undefined && whole.const !== value) return [`${at} is another constant`]
  if (whole.enum && !whole.enum.includes(value)) return [`${at} is not on its list: ${value}`]
  const types = [whole.type ?? []].flat()
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return [`${at} is no ${types}`]
  if (Array.isArray(value))
    return value.flatMap((one, i) => misfits(root, whole.items ?? {}, one, `${at}/${i}`))
  return isRecord(value) ? inObject(root, whole, value, at) : []
}

function inObject(root: Document, schema: Schema, value: Record<string, unknown>, at: string) {
  const { properties, required = [], additionalProperties } = schema
  const missing = required.filter((key) => !Object.hasOwn(value, key))
  return [
    ...missing.map((key) => `${at}/${key} is missing`),
    ...Object.entries(value).flatMap(([key, inner]) => {
      const known = properties?.[key]
      if (known) return misfits(root, known, inner, `${at}/${key}`)
      if (typeof additionalProperties === 'object')
        return misfits(root, additionalProperties, inner, `${at}/${key}`)
      return properties ? [`${at}/${key} is not described`] : []
    }),
  ]
}

/** A schema with what it refers to, and with all that it is put together from. */
function flat(root: Document, schema: Schema): Schema {
  const { $ref, allOf = [], ...own } = schema
  const named = $ref?.split('/').at(-1) ?? ''
  const from = [...($ref ? [root.components.schemas[named] ?? {}] : []), ...allOf]
  const all = [own, ...from.map((one) => flat(root, one))]
  return {
    ...Object.assign({}, ...all.slice().reverse()),
    ...(all.some(({ properties }) => properties)
      ? { properties: Object.assign({}, ...all.map(({ properties }) => properties)) }
      : {}),
    required: all.flatMap(({ required = [] }) => required),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isRecord(value) && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}
