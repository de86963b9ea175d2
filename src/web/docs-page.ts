import { purposes } from '../domain/purposes.ts'
import { nameOf, type Row, rowsOf, type Schema } from './schema-rows.ts'

/** The parts of an OpenAPI document that the page about the HTTP interface shows. */
export type OpenApiDocument = {
  info: { title: string; description?: string }
  tags?: readonly { name: string; description?: string }[]
  paths?: Readonly<Record<string, object>>
  components?: object
}

type Named = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
type Content = Record<string, { schema?: Schema }>
type Operation = {
  summary?: string
  description?: string
  tags?: readonly string[]
  security?: readonly object[]
  parameters?: readonly Named[]
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}
type Components = {
  schemas?: Record<string, Schema>
  securitySchemes?: Record<string, { description?: string }>
}

/** The HTTP interface as a page that needs no script and loads nothing from elsewhere. */
export function docsPage(document: OpenApiDocument, demonstration: boolean) {
  const { schemas = {}, securitySchemes = {} } = (document.components ?? {}) as Components
  const calls = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) =>
      call(path, method.toUpperCase(), operation as Operation, schemas),
    ),
  )
  const groups = (document.tags ?? []).map(({ name, description }) => ({
    name,
    id: idOf(name),
    howTo: description,
    calls: calls.filter(({ group }) => group === name),
  }))
  const shapes = Object.entries(schemas)
    .map(([name, schema]) => ({ name, id: shapeId(name), rows: rowsWithLinks(schema) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  return {
    document,
    groups: groups.filter((one) => one.calls.length > 0),
    shapes,
    ways: waysIn(securitySchemes),
    purposes: Object.entries(purposes).map(([name, says]) => ({ name, says })),
    example: example(demonstration),
  }
}

/** How callers say who they are; a demonstration takes its own way alone. */
const waysIn = ({ demonstration, ...others }: NonNullable<Components['securitySchemes']>) =>
  (demonstration ? [demonstration] : Object.values(others)).map(
    ({ description = '' }) => description,
  )

const idOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const shapeId = (name: string): string => `shape-${idOf(name)}`
const rowsWithLinks = (schema: Schema) =>
  rowsOf(schema).map((row) => (row.shape ? { ...row, link: shapeId(row.shape) } : row))

function call(path: string, method: string, operation: Operation, schemas: Record<string, Schema>) {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  return {
    id: idOf(`${method}${path}`),
    path,
    method,
    group: operation.tags?.[0] ?? '',
    summary: operation.summary ?? path,
    description: operation.description,
    forAnyone: operation.security?.length === 0,
    parameters: (operation.parameters ?? []).map(parameter),
    body: type ? { type, ...bodyOf(content?.schema ?? {}, schemas) } : undefined,
    answers: Object.entries(operation.responses ?? {}).map(([status, one]) => ({
      status,
      description: one.description ?? '',
      ...shapeOf(one.content),
    })),
  }
}

const parameter = ({ name, in: where, required = false, description = '', schema }: Named) => ({
  where: where === 'path' ? 'address' : where,
  ...(rowsOf({ properties: { [name]: schema ?? {} } })[0] as Row),
  required,
  says: description || schema?.description || '',
})

/** A body of one kind as its keys; of several, such as events, each kind with its own. */
function bodyOf(given: Schema, schemas: Record<string, Schema>) {
  const schema = schemas[nameOf(given) ?? ''] ?? given
  const kinds = (schema.oneOf ?? schema.anyOf ?? []).map((one) => kindOf(one))
  return kinds.length > 0 ? { kinds, keys: [] } : { kinds: [], keys: rowsWithLinks(schema) }
}

function kindOf(schema: Schema) {
  const { type = {}, ...properties } = schema.properties ?? {}
  return {
    name: String(type.const ?? type.enum?.[0] ?? ''),
    says: schema.description ?? '',
    keys: rowsWithLinks({ ...schema, properties }),
  }
}

/** The shape of an answer: by its name where it has one, else its keys. Problems have one shape. */
function shapeOf(content: Content | undefined) {
  const [type, { schema = {} } = {}] = Object.entries(content ?? {})[0] ?? []
  if (type !== 'application/json') return {}
  const name = nameOf(schema)
  return name ? { shape: name, link: shapeId(name) } : { keys: rowsWithLinks(schema) }
}

/** A call to try; in a demonstration somebody of the demonstration makes it. */
const example = (demonstration: boolean) => `curl -s http://127.0.0.1:3000/v1/recommendations \\
  -H 'authorization: ${demonstration ? 'Demonstration officer-1' : 'Bearer YOUR-TOKEN'}' \\
  -H 'content-type: application/json' \\
  -d '{
    "partnership": "derby",
    "asAt": "2026-11-02",
    "facts": { "child.date_of_birth": "2011-05-14" },
    "offences": [{ "offence.code": "criminal-damage-low", "offence.date": "2026-10-20" }]
  }'`
