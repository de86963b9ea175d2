import type { Recommendation } from '../domain/recommendation.ts'
import { type ProblemDetails, problemDetails } from '../http/problem.ts'
import { smallEnough } from './largest-answer.ts'
import { readReferralJson } from './read-referral.ts'
import type { RuleBook } from './rule-book.ts'

const longestLine = 256 * 1024
/** A line may end with a carriage return, which does not count. */
const mostHeld = longestLine + 1
export const batchPath = '/v1/recommendations/batch'
/** Whether what is sent to an address is a stream, with a limit for each line. */
export const isBatch = (address: string): boolean => address.split('?')[0] === batchPath

/**
 * NDJSON in, NDJSON out, line for line: each answer is `{ line, recommendation }` or
 * `{ line, problem }`. A line is read only when its answer can be sent, so a slow reader slows the
 * work down instead of filling the memory; when the reader goes away, the work stops. A bug met on
 * one line is reported, and does not stop the others.
 */
export function answerBatch(
  body: ReadableStream<Uint8Array>,
  book: RuleBook,
  report: (line: string) => void = () => {},
): ReadableStream<Uint8Array> {
  const answers = answerLines(body, (line) =>
    answerLine(line, book).catch((error: Error) => {
      report(`A line of POST ${batchPath} failed: ${error.name}`)
      return wrong('internal', 'The line was not answered. Nothing was stored.', batchPath)
    }),
  )
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await answers.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${value}\n`))
    },
    async cancel() {
      await answers.return(undefined)
    },
  })
}

type Line = Uint8Array | 'too-long'
type LineAnswer = { recommendation: Recommendation } | { problem: ProblemDetails }

async function* answerLines(
  body: ReadableStream<Uint8Array>,
  answer: (line: Line) => Promise<LineAnswer>,
) {
  let number = 0
  for await (const line of lines(body)) {
    number += 1
    if (line !== 'too-long' && line.length === 0) continue
    yield asLine(number, await answer(line))
  }
}

/** A line as it is sent; where it would be larger than an answer may be, what is wrong with it. */
function asLine(line: number, answer: LineAnswer): string {
  const text = smallEnough({ line, ...answer })
  if (text.ok) return text.value
  const told = 'The answer would be too large.'
  return JSON.stringify({ line, ...wrong('cannot-be-used', told, batchPath, text.problems) })
}

const wrong = (...details: Parameters<typeof problemDetails>): LineAnswer => ({
  problem: problemDetails(...details),
})

async function answerLine(line: Line, book: RuleBook): Promise<LineAnswer> {
  if (line === 'too-long') return wrong('too-large', 'A line may have at most 256 KiB.', batchPath)
  const read = readReferralJson(line)
  if (!read.ok) return wrong(read.kind, 'The line is not a referral.', batchPath, read.problems)
  const result = await book.recommend(read.value)
  if (!result.ok)
    return wrong('cannot-be-used', 'The referral cannot be read.', batchPath, result.problems)
  return { recommendation: result.value }
}

/** Splits bytes at line feeds. A line over the limit is reported once and its bytes are dropped. */
async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<Line, void, undefined> {
  let held: Uint8Array[] = []
  let size = 0
  const take = (): Line => {
    const line = trimmed(Buffer.concat(held))
    const tooLong = size > mostHeld || line.length > longestLine
    held = []
    size = 0
    return tooLong ? 'too-long' : line
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
    if (size <= mostHeld) held.push(chunk.subarray(start))
    else held = []
  }
  if (size > 0) yield take()
}

const trimmed = (line: Uint8Array): Uint8Array => (line.at(-1) === 13 ? line.subarray(0, -1) : line)
