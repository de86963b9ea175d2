/** The parts of an OpenAPI document that the page about the HTTP interface shows. */
export type OpenApiDocument = {
  info: { title: string; description?: string }
  paths?: Readonly<Record<string, object>>
}

type Schema = { properties?: Record<string, { description?: string }> }
type Operation = {
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string }>
}

/** The HTTP interface as a page that needs no script and loads nothing from elsewhere. */
export function docsPage(document: OpenApiDocument, demonstration: boolean) {
  const calls = Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) =>
      call(path, method.toUpperCase(), operation as Operation),
    ),
  )
  return { document, calls, example: example(demonstration) }
}

function call(path: string, method: string, operation: Operation) {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  return {
    id: `${method}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    path,
    method,
    summary: operation.summary ?? path,
    description: operation.description,
    parameters: operation.parameters ?? [],
    body: type ? { type, keys: keysOf(content?.schema) } : undefined,
    answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({
      status,
      description: answer.description ?? '',
    })),
  }
}

const keysOf = (schema: Schema | undefined) =>
  Object.entries(schema?.properties ?? {}).map(([name, { description }]) => ({ name, description }))

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
