import { describe, expect, it } from 'vitest'
import { problemSchema } from '../../src/http/problem.ts'
import { post, questions, recommendations, smallApi } from '../support/api.ts'

const app = smallApi()
const most = 256 * 1024
const statusOf = async (body: unknown, path = recommendations) =>
  (await post(app, path, body)).status

/** A referral of exactly so many bytes. */
const ofBytes = (bytes: number) => `{}${' '.repeat(bytes - 2)}`

/** A body that is sent in pieces, without saying beforehand how long it is. */
function inPieces(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + 8192))
      at += 8192
    },
  })
}
const statusInPieces = async (text: string, headers: Record<string, string> = {}) =>
  (
    await app.request(recommendations, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: inPieces(text),
      duplex: 'half',
    } as RequestInit)
  ).status

describe('the size of a body', () => {
  it.each([recommendations, questions])(
    'may be 256 KiB and not one byte more (%s)',
    async (path) => {
      expect(await statusOf(ofBytes(most), path)).toBe(200)
      expect(await statusOf(ofBytes(most + 1), path)).toBe(413)
    },
  )

  it('is counted while it arrives where its length is not said', async () => {
    expect(await statusInPieces(ofBytes(most))).toBe(200)
    expect(await statusInPieces(ofBytes(most + 1))).toBe(413)
    expect(await statusInPieces(ofBytes(40 * most))).toBe(413)
  })

  it('is counted where the length that is said is a lie', async () => {
    const lie = { 'content-length': '2', 'transfer-encoding': 'chunked' }
    expect(await statusInPieces(ofBytes(most + 1), lie)).toBe(413)
  })

  it('is counted in bytes, not in characters', async () => {
    const text = `{"facts":{"victim.view":"${'é'.repeat(3000)}"}}`
    const padded = (bytes: number) => text + ' '.repeat(bytes - Buffer.byteLength(text))
    expect(await statusOf(padded(most))).toBe(200)
    expect(await statusOf(padded(most + 1))).toBe(413)
  })
})

describe('the depth of a body', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

  it('may be 64 levels and not 65', async () => {
    expect(await statusOf(nested(64))).toBe(422)
    expect(await statusOf(nested(65))).toBe(400)
  })

  it('counts objects and lists alike', async () => {
    const mixed = (pairs: number) => '{"a":['.repeat(pairs) + ']}'.repeat(pairs)
    expect(await statusOf(mixed(32))).toBe(422)
    expect(await statusOf(mixed(33))).toBe(400)
  })

  it('does not count brackets inside a text', async () => {
    const facts = { 'victim.view': `${'['.repeat(100)}"\\${'{'.repeat(100)}` }
    expect(await statusOf({ facts })).toBe(200)
  })

  it('is found out without a deep recursion, however deep', async () => {
    expect(await statusOf('['.repeat(200_000))).toBe(400)
    expect(await statusOf('{"a":'.repeat(50_000))).toBe(400)
  })
})

describe('what one referral may ask of the service', () => {
  const offences = (n: number) => Array(n).fill({})
  const victims = (n: number, of?: number[]) =>
    Array(n).fill({ facts: {}, ...(of ? { offences: of } : {}) })

  it('is a hundred offences and not one more', async () => {
    expect(await statusOf({ offences: offences(100) })).toBe(200)
    expect(await statusOf({ offences: offences(101) })).toBe(422)
  })

  it('is a hundred pairs of an offence and a victim and not one more', async () => {
    expect(await statusOf({ offences: offences(10), victims: victims(10) })).toBe(200)
    const given = { offences: offences(10), victims: [...victims(10), ...victims(1, [1])] }
    const answer = await post(app, recommendations, given)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: '/victims', detail: expect.stringContaining('101') }],
    })
  })

  it('counts a victim for the offences it is of, so that a long list with one victim each is fine', async () => {
    const each = Array.from({ length: 60 }, (_, i) => ({ offences: [i + 1], facts: {} }))
    expect(await statusOf({ offences: offences(60), victims: each })).toBe(200)
    expect(await statusOf({ offences: offences(60), victims: victims(2) })).toBe(422)
  })

  const facts = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`a.b${i}`, null]))

  it('is two thousand facts in all and not one more', async () => {
    const told = async (n: number) => {
      const answer = await post(app, recommendations, {
        facts: facts(n - 1),
        offences: [{ 'a.c': 1 }],
      })
      const { errors = [], more = 0 } = problemSchema.parse(await answer.json())
      return errors.length + more
    }
    expect(await told(2000)).toBe(2000)
    expect(await told(2001)).toBe(1)
  })

  it('is a hundred characters for the name of a fact and not one more', async () => {
    const told = async (id: string) => {
      const answer = await post(app, recommendations, { facts: { [id]: 1 } })
      return problemSchema.parse(await answer.json()).errors?.[0]?.detail
    }
    expect(await told('a'.repeat(100))).toContain("I don't know the fact")
    expect(await told('a'.repeat(101))).toBe('The name of a fact has at most 100 characters.')
  })
})
