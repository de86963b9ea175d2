import { createRoute, z } from '@hono/zod-openapi'
import { problemSchema } from './problem.ts'

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** What any call on what belongs to somebody may answer. */
export const problems = {
  401: problemAnswer('Nobody is signed in'),
  403: problemAnswer('Your role may not do this'),
  404: problemAnswer('It is not there, or it is not yours: the two are the same'),
}
const withQuery = { ...problems, 422: problemAnswer('The query cannot be used') }

/** What any write may answer besides. */
export const writing = {
  ...problems,
  400: problemAnswer('The body is not JSON, or a header is malformed'),
  409: problemAnswer('It cannot be recorded now: what blocks it, and what is allowed'),
  412: problemAnswer('It has changed since you read it'),
  413: problemAnswer('More than 256 KiB'),
  415: problemAnswer('Another content type than JSON'),
  422: problemAnswer('Well-formed, and cannot be recorded as it is'),
  428: problemAnswer('If-Match is missing'),
}

export const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

type Call = {
  path: string
  summary: string
  tag: string
  answers: string
  query?: z.ZodObject
  schema?: z.ZodType
}

const parametersOf = (path: string) =>
  z.object(
    Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, z.string()])),
  )
const anything = z.record(z.string(), z.unknown())

/** A call that reads, as OpenAPI describes it. */
export const reads = ({ path, summary, tag, answers, query, schema = anything }: Call) =>
  createRoute({
    method: 'get',
    path,
    summary,
    tags: [tag],
    request: { params: parametersOf(path), ...(query ? { query } : {}) },
    responses: { 200: json(schema, answers), ...(query ? withQuery : problems) },
  })

type Write = Call & {
  method: 'put' | 'post' | 'delete'
  body?: z.ZodType
  versioned?: boolean
  makes?: boolean
}

/** A call that writes, as OpenAPI describes it. */
export const writes = ({
  method,
  path,
  summary,
  tag,
  answers,
  body,
  versioned = true,
  makes = method === 'post',
  schema = anything,
}: Write) =>
  createRoute({
    method,
    path,
    summary,
    tags: [tag],
    request: {
      params: parametersOf(path),
      ...(versioned ? { headers: z.object({ 'if-match': z.string() }) } : {}),
      ...(body
        ? { body: { content: { 'application/json': { schema: body } }, required: true } }
        : {}),
    },
    responses: { [makes ? 201 : 200]: json(schema, answers), ...writing },
  })
