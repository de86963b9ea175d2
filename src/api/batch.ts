import { caseSchema } from '../domain/case.ts'
import { type ProblemDetails, problemDetails } from './problem.ts'
import { readJson } from './read-json.ts'
import type { RuleBook } from './rule-book.ts'

const longestLine = 256 * 1024
const path = '/v1/recommendations/batch'

/**
 * NDJSON in, NDJSON out, line for line: each answer is `{ line, recommendation }` or
 * `{ line, problem }`. A line is read only when its answer can be sent, so a slow reader slows the
 * work down instead of filling the memory; when the reader goes away, the work stops.
 */
export function answerBatch(
  body: ReadableStream<Uint8Array>,
  book: RuleBook,
): ReadableStream<Uint8Array> {
  const answers = answerLines(body, book)
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await answers.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      await answers.return(undefined)
    },
  })
}

async function* answerLines(body: ReadableStream<Uint8Array>, book: RuleBook) {
  let number = 0
  for await (const line of lines(body)) {
    number += 1
    if (line !== 'too-long' && line.length === 0) continue
    yield { line: number, ...(await answerLine(line, book)) }
  }
}

async function answerLine(line: Uint8Array | 'too-long', book: RuleBook) {
  const wrong = (...details: Parameters<typeof problemDetails>): { problem: ProblemDetails } => ({
    problem: problemDetails(...details),
  })
  if (line === 'too-long') return wrong('too-large', 'A line may have at most 256 KiB.', path)
  const read = readJson(line, caseSchema)
  if (!read.ok) return wrong(read.kind, 'The line is not a referral.', path, read.problems)
  const result = await book.recommend(read.value)
  if (!result.ok)
    return wrong('cannot-be-used', 'The referral cannot be read.', path, result.problems)
  return { recommendation: result.value }
}

/** Splits bytes at line feeds. A line over the limit is reported once and its bytes are dropped. */
async function* lines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array | 'too-long', void, undefined> {
  let held: Uint8Array[] = []
  let size = 0
  const take = () => {
    const line = size > longestLine ? ('too-long' as const) : trimmed(Buffer.concat(held))
    held = []
    size = 0
    return line
  }
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      held.push(chunk.subarray(start, end))
      size += end - start
      yield take()
      start = end + 1
    }
    size += chunk.length - start
    if (size <= longestLine) held.push(chunk.subarray(start))
    else held = []
  }
  if (size > 0) yield take()
}

const trimmed = (line: Uint8Array): Uint8Array => (line.at(-1) === 13 ? line.subarray(0, -1) : line)
