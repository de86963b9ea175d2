import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerBatch } from '../../src/api/batch.ts'
import type { RuleBook } from '../../src/api/rule-book.ts'
import { recommendationSchema } from '../../src/domain/recommendation.ts'
import { problemSchema } from '../../src/http/problem.ts'
import { batch, post, recommendations, smallApi, smallBook } from '../support/api.ts'
import { toRecommend } from '../support/made-up.ts'

const book = smallBook()
const app = smallApi()
const ndjson = { 'content-type': 'application/x-ndjson' }
const most = 256 * 1024

const answerSchema = z.union([
  z.strictObject({ line: z.int().positive(), recommendation: recommendationSchema }),
  z.strictObject({ line: z.int().positive(), problem: problemSchema }),
])

/** The answers to a batch, each with its line and its status. */
async function answers(body: string | Uint8Array, pieces?: number) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const answer = answerBatch(inPieces(bytes, pieces ?? bytes.length), book)
  return read(await new Response(answer).text())
}
const read = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => answerSchema.parse(JSON.parse(line)))
const outline = (all: z.infer<typeof answerSchema>[]) =>
  all.map((one) => [one.line, 'problem' in one ? one.problem.status : 'recommendation'])

function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
}

describe('POST /v1/recommendations/batch', () => {
  it('answers one line for each line, in their order, with their number', async () => {
    const lines = ['derby', 'national', 'derby'].map((partnership) =>
      JSON.stringify({ ...toRecommend, partnership }),
    )
    const answer = await post(app, batch, lines.join('\n'), ndjson)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    const all = read(await answer.text())
    expect(
      all.map(
        (one) => 'recommendation' in one && [one.line, one.recommendation.ruleSet.partnership],
      ),
    ).toEqual([
      [1, 'derby'],
      [2, 'national'],
      [3, 'derby'],
    ])
  })

  it('says of a line what is said of it alone', async () => {
    const [answer] = await answers(JSON.stringify(toRecommend))
    const alone = await post(app, recommendations, toRecommend)
    expect(answer).toEqual({ line: 1, recommendation: await alone.json() })
  })

  it('does not let a line that cannot be read stop the others', async () => {
    const lines = ['{}', '{', '[]', '{"partnership":"derbi"}', '{"facts":{"a.b":1}}', '{}']
    expect(outline(await answers(lines.join('\n')))).toEqual([
      [1, 'recommendation'],
      [2, 400],
      [3, 422],
      [4, 422],
      [5, 422],
      [6, 'recommendation'],
    ])
  })

  it('does not let a bug met on one line stop the others, and reports it without what was sent', async () => {
    const reported: string[] = []
    const faulty: RuleBook = {
      ...book,
      recommend: async (given) => {
        if (given.partnership === 'derby') throw new TypeError('Zebedee is not a function')
        return book.recommend(given)
      },
    }
    const body = new TextEncoder().encode(`${JSON.stringify(toRecommend)}\n{}`)
    const answer = answerBatch(inPieces(body, body.length), faulty, (line) => reported.push(line))
    const text = await new Response(answer).text()
    expect(outline(read(text))).toEqual([
      [1, 500],
      [2, 'recommendation'],
    ])
    expect(reported).toEqual([`A line of POST ${batch} failed: TypeError`])
    expect(text).not.toContain('Zebedee')
  })

  it.each([
    ['', []],
    ['\n', []],
    ['\n\r\n\n', []],
    ['{}', [1]],
    ['{}\n', [1]],
    ['{}\r\n{}\r\n', [1, 2]],
    ['\n{}\n\n\r\n{}', [2, 5]],
    ['{}\r\n\r', [1]],
  ])('passes over empty lines and keeps counting: %j', async (body, lines) => {
    expect((await answers(body)).map(({ line }) => line)).toEqual(lines)
  })

  it.each([1, 2, 3, 7])('reads a line that arrives in pieces of %i bytes', async (size) => {
    const given = { facts: { 'victim.view': 'Er sagt: „Schön“ 🙂' } }
    const body = `${JSON.stringify(given)}\r\n{}\n{"facts":{"a.b":1}}`
    expect(await answers(body, size)).toEqual(await answers(body))
    expect(outline(await answers(body, size))).toEqual([
      [1, 'recommendation'],
      [2, 'recommendation'],
      [3, 422],
    ])
  })

  const ofBytes = (bytes: number) => `{}${' '.repeat(bytes - 2)}`

  it.each([
    [most, '\n', 'recommendation'],
    [most + 1, '\n', 413],
    [most, '\r\n', 'recommendation'],
    [most + 1, '\r\n', 413],
    [8 * most, '\n', 413],
  ])(
    'a line of %i bytes and %j is answered with %s, and the next one as ever',
    async (bytes, end, said) => {
      for (const pieces of [undefined, 65_536, 100_003])
        expect(outline(await answers(`${ofBytes(bytes)}${end}{}`, pieces))).toEqual([
          [1, said],
          [2, 'recommendation'],
        ])
    },
  )

  it('has no limit for the whole', async () => {
    expect(await answers(`${ofBytes(most)}\n`.repeat(5))).toHaveLength(5)
  })

  it('counts the last line too where it is over the limit and does not end', async () => {
    expect(outline(await answers(`{}\n${ofBytes(most + 1)}`))).toEqual([
      [1, 'recommendation'],
      [2, 413],
    ])
  })

  it('refuses another content type', async () => {
    expect((await post(app, batch, '{}')).status).toBe(415)
    const compressed = { ...ndjson, 'content-encoding': 'gzip' }
    expect((await post(app, batch, '{}', compressed)).status).toBe(415)
  })

  it('answers no body at all with nothing', async () => {
    const answer = await app.request(batch, { method: 'POST', headers: ndjson })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })
})

describe('a batch whose reader is slow', () => {
  /** An endless batch that counts how many lines were asked for, and whether it was cancelled. */
  function endless() {
    const source = { lines: 0, cancelled: false }
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          source.lines += 1
          controller.enqueue(new TextEncoder().encode('{}\n'))
        },
        cancel() {
          source.cancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    return { source, reader: answerBatch(body, book).getReader() }
  }

  /** Long enough for anything that does not wait for the reader to be done. */
  async function everythingElse(): Promise<void> {
    for (let turn = 0; turn < 200; turn++) await new Promise((next) => setImmediate(next))
  }

  it('is not read further than one line ahead', async () => {
    const { source, reader } = endless()
    await everythingElse()
    expect(source.lines).toBeLessThanOrEqual(1)
    for (let taken = 1; taken <= 5; taken++) {
      await reader.read()
      await everythingElse()
      expect(source.lines).toBeGreaterThanOrEqual(taken)
      expect(source.lines).toBeLessThanOrEqual(taken + 1)
    }
    await reader.cancel()
  })

  it('is not read any more once the reader has gone', async () => {
    const { source, reader } = endless()
    await reader.read()
    await reader.cancel()
    const lines = source.lines
    await everythingElse()
    expect(source).toEqual({ lines, cancelled: true })
  })

  it('ends with its source where that breaks off', async () => {
    let sent = false
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) return controller.error(new Error('The connection was cut.'))
        sent = true
        controller.enqueue(new TextEncoder().encode('{}\n{}'))
      },
    })
    const reader = answerBatch(broken, book).getReader()
    expect((await reader.read()).done).toBe(false)
    await expect(reader.read()).rejects.toThrow('The connection was cut.')
  })
})
