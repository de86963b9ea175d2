import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'
import { parseAccept } from 'hono/utils/accept'

type Bytes = Uint8Array<ArrayBuffer>
type Made = { etag: string; bodies: Record<Encoding, Bytes> }
/** Makes the text; undefined where there is nothing to show. */
type Make = () => string | undefined | Promise<string | undefined>
type Encoding = (typeof encodings)[number]
/** In the order in which they are chosen where a client takes several alike. */
const encodings = ['br', 'gzip', 'identity'] as const

export type Sent = {
  type: string
  /** Who may keep it for how long; whoever kept it asks each time whether it still holds, where left out. */
  cacheControl?: string
}

/**
 * Bytes that are made once and sent to whoever asks: as they are, or compressed as the client takes
 * it. They are made when somebody first asks, and again where the key has changed since. Who has
 * them already, by their ETag, is sent none.
 */
export function madeOnce({ type, cacheControl = 'no-cache' }: Sent, make: Make) {
  let made: { key: string; making: Promise<Made | undefined> } | undefined
  return async (c: Context, key = ''): Promise<Response> => {
    if (made?.key !== key) made = { key, making: compressed(make) }
    const ready = await made.making.catch((error) => {
      made = undefined
      throw error
    })
    if (!ready) return c.notFound()
    const { etag, bodies } = ready
    const headers = { etag, vary: 'Accept-Encoding', 'cache-control': cacheControl }
    if (holds(c, etag)) return c.body(null, 304, headers)
    const encoding = encodingFor(c)
    return c.body(bodies[encoding], 200, {
      ...headers,
      'content-type': type,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    })
  }
}

async function compressed(make: Make): Promise<Made | undefined> {
  const made = await make()
  if (made === undefined) return undefined
  const text = Buffer.from(made)
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(text, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }),
    promisify(gzip)(text),
  ])
  // Weak: the same page, in whatever encoding.
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return {
    etag,
    bodies: {
      br: new Uint8Array(br),
      gzip: new Uint8Array(zipped),
      identity: new Uint8Array(text),
    },
  }
}

/** Whether a client says that it has this already. */
function holds(c: Context, etag: string): boolean {
  const known = c.req.header('if-none-match')?.split(',') ?? []
  return known.some((one) => one.trim() === '*' || one.trim().replace(/^(?!W\/)/, 'W/') === etag)
}

/** The encoding that a client likes best, of ours; as it is, where it names none. */
function encodingFor(c: Context): Encoding {
  const accepted = parseAccept(c.req.header('accept-encoding') ?? '')
  const weight = (encoding: Encoding) =>
    accepted.find(({ type }) => type.toLowerCase() === encoding)?.q ?? 0
  const best = [...encodings].sort((one, other) => weight(other) - weight(one))[0] ?? 'identity'
  return weight(best) > 0 ? best : 'identity'
}
