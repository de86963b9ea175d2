import { createRoute, z } from '@hono/zod-openapi'
import { inAddress } from './describe-addresses.ts'
import { type Method, shared } from './describe-shared.ts'
import type { Group } from './groups.ts'
import { problemAnswer } from './problem-answers.ts'
import { purposeHeader, takesPurpose } from './purpose.ts'

/** Headers of an answer that carries a version. */
const versionHeader = {
  ETag: {
    description: 'The version, in quotation marks, as If-Match takes it',
    schema: { type: 'string' as const },
  },
}
const locationHeader = {
  Location: { description: 'Where it is', schema: { type: 'string' as const } },
}

const json = (schema: z.ZodType, description: string, headers = {}) => ({
  description,
  headers,
  content: { 'application/json': { schema } },
})

const notThere = problemAnswer('It is not there, or it is not yours: the two are the same')
const erased = { 410: problemAnswer('What was kept of the child was erased') }
const headers = {
  version: z.string().describe('The ETag of the answer that you read, such as "7"'),
  key: z
    .string()
    .min(8)
    .max(128)
    .describe('A new one for each request, the same when you repeat it: it is carried out once'),
}

/** What every call says of itself, whatever it does. */
export type Description = {
  /** `/v1/cases/{id}`: the one place where it is spelt. */
  path: string
  summary: string
  tag: Group
  /** What it answers where all is well. */
  answers: string
  schema: z.ZodType
  description?: string
  query?: z.ZodObject | undefined
  /** What it reads goes when the child is erased, and the answer says so. */
  ofTheChild?: boolean
  /** The answer carries its version as an ETag. */
  tagged?: boolean
  /** What else it may answer, or what it says of what every call may answer. */
  also?: Readonly<Record<number, ReturnType<typeof problemAnswer>>>
}

/** A call that reads, as OpenAPI describes it. */
export const describeReading = (call: Description) =>
  described('get', call, {
    200: json(call.schema, call.answers, call.tagged ? versionHeader : {}),
    ...(call.ofTheChild ? erased : {}),
    ...(call.query || takesPurpose(call.path)
      ? { 422: problemAnswer('The query or the purpose cannot be used') }
      : {}),
  })

/** A call that is asked with a body and changes nothing, as OpenAPI describes it. */
export const describeAsking = (call: Description & { body: z.ZodType }) =>
  described(
    'post',
    { ...call, versioned: false },
    {
      200: json(call.schema, call.answers),
      400: problemAnswer('The body is not JSON, or a key stands twice'),
      ...ofBodies,
    },
  )

export type Writing = Description & {
  method: 'put' | 'post' | 'delete'
  body?: z.ZodType
  /** Whether If-Match must say which version was seen. */
  versioned?: boolean
  /** Whether it may be repeated under a key, or must be. */
  key?: 'optional' | 'required'
  /** Whether it makes something that has an address of its own. */
  makes?: boolean
}

/** A call that writes, as OpenAPI describes it. */
export function describeWriting(call: Writing) {
  const { method, schema, answers, body, versioned = true, key, makes = false } = call
  const answered = {
    ...(method === 'delete' ? {} : versionHeader),
    ...(makes ? locationHeader : {}),
  }
  return described(method, call, {
    [makes ? 201 : 200]: json(schema, answers, answered),
    ...(body || versioned || key
      ? { 400: problemAnswer('The body is not JSON, or a header is malformed') }
      : {}),
    409: problemAnswer(
      'It cannot be recorded now: what blocks it and what is allowed; or it is taken, or under way',
    ),
    ...(versioned && call.path.startsWith('/v1/cases/') ? erased : {}),
    ...(versioned ? ofVersions : {}),
    ...(body ? ofBodies : { 413: ofBodies[413] }),
    422: problemAnswer('Well-formed, and cannot be recorded as it is'),
  })
}

const ofVersions = {
  412: problemAnswer('It has changed since you read it'),
  428: problemAnswer('If-Match is missing'),
}
const ofBodies = {
  413: problemAnswer('More than 256 KiB'),
  415: problemAnswer('Another content type than JSON'),
}

type Described = Description & Partial<Pick<Writing, 'body' | 'versioned' | 'key'>>
type Answers = Parameters<typeof createRoute>[0]['responses']

function described(method: Method, call: Described, responses: Answers) {
  const { path, summary, tag, query, body, description, also = {} } = call
  const { security, responses: always } = shared(method, path)
  return createRoute({
    ...{ method, path, summary, security, tags: [tag] },
    ...(description ? { description } : {}),
    request: {
      params: inAddress(path),
      ...(query ? { query } : {}),
      headers: z.object(headersOf(method, call)),
      ...(body
        ? { body: { content: { 'application/json': { schema: body } }, required: true } }
        : {}),
    },
    responses: {
      ...responses,
      // What is kept of a request that is repeated may be of a case that is not there any more.
      ...(path.includes('{') || call.key === 'required' ? { 404: notThere } : {}),
      ...always,
      ...also,
    },
  })
}

function headersOf(method: Method, { path, versioned = true, key }: Described) {
  const writes = method === 'put' || method === 'post'
  return {
    ...(writes && versioned ? { 'if-match': headers.version } : {}),
    ...(key
      ? { 'idempotency-key': key === 'required' ? headers.key : headers.key.optional() }
      : {}),
    ...(takesPurpose(path) ? { 'x-purpose': purposeHeader } : {}),
  }
}
