/** A JSON Schema as far as the page about the HTTP interface reads it. */
export type Schema = {
  $ref?: string
  type?: string | readonly string[]
  description?: string
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
}

/** One key of a body or an answer, in words. */
export type Row = {
  /** As it is reached: `decision.chosen[].offence`. */
  name: string
  required: boolean
  /** What may stand there. */
  form: string
  says: string
  /** The shape that it holds, by its name. */
  shape?: string
}

/** The keys of an object, and of what is in it, in their order. A named shape is not opened. */
export function rowsOf(schema: Schema, prefix = ''): Row[] {
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) return choices.flatMap((one) => rowsOf(one, prefix))
  return (schema.allOf ?? [schema]).flatMap((part) =>
    Object.entries(part.properties ?? {}).flatMap(([key, value]) => {
      const { inner, many } = unwrapped(value)
      const name = `${prefix}${key}${many}`
      const shape = nameOf(inner)
      const row: Row = {
        name,
        required: part.required?.includes(key) ?? false,
        form: formOf(value),
        says: value.description ?? '',
        ...(shape ? { shape } : {}),
      }
      return [row, ...rowsOf(inner, `${name}.`)]
    }),
  )
}

/** What a schema lets through, in words: `a list of whole numbers`, `one of: yes, no`. */
export function formOf(schema: Schema): string {
  const { items, type } = schema
  const name = nameOf(schema)
  if (name) return name
  if (schema.const !== undefined) return `“${String(schema.const)}”`
  if (schema.enum) return wordsOf(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(formOf))].join(' or ')
  if (items) return `a list: ${formOf(items)}`
  const types = [type ?? []].flat()
  return types.map((one) => kinds[one] ?? one).join(' or ') || 'anything'
}

/** The name of the shape that a schema refers to. */
export const nameOf = ({ $ref }: Schema): string | undefined => $ref?.split('/').at(-1)

const wordsOf = (words: readonly unknown[]): string =>
  words.length === 1 ? `“${String(words[0])}”` : `one of: ${words.map(String).join(', ')}`

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

/** What is inside lists, and what there is besides null. */
function unwrapped(schema: Schema, many = ''): { inner: Schema; many: string } {
  const choices = schema.anyOf ?? schema.oneOf
  const real = choices?.filter(({ type }) => type !== 'null') ?? []
  if (real.length === 1 && real[0]) return unwrapped(real[0], many)
  return schema.items ? unwrapped(schema.items, `${many}[]`) : { inner: schema, many }
}
