import { visit } from 'jsonc-parser'
import { z } from 'zod'

/** The signatures we accept (RFC 8725, section 3.1): all need the issuer's private key. */
export const signatureAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]

/** The longest token we look at, in characters. */
export const longestToken = 8 * 1024

/**
 * The only things a token's header may hold. One that points at a key of its own (`jku`, `x5u`,
 * `jwk`, `x5c`), or asks for what we do not do (`crit`, `b64`, `zip`), is not read further.
 */
const headerSchema = z.strictObject({
  alg: z.enum(signatureAlgorithms),
  kid: z.string().min(1).max(200),
  /** `at+jwt` says that it is an access token (RFC 9068); `JWT` and nothing say no more than that
   * it is a token, and then the audience has to tell (token-purpose.ts). */
  typ: z
    .string()
    .regex(/^(?:application\/)?(?:at\+)?jwt$/i)
    .optional(),
  /** A fingerprint of a certificate. Some issuers send it; nothing here looks at it. */
  x5t: z.string().max(100).optional(),
})
export type TokenHeader = z.infer<typeof headerSchema>

/** Whether a header says that its token is an access token, and not merely a token. */
export const saysAccessToken = ({ typ = '' }: TokenHeader): boolean => /at\+jwt$/i.test(typ)

const bearer = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i

/**
 * Takes a token out of an `Authorization` header, if it could be one of ours. Nothing is trusted
 * yet: this only refuses early what no issuer of ours would send.
 */
export function readToken(
  authorization: string,
): { token: string; header: TokenHeader } | 'too-long' | 'not-a-token' | 'header' {
  if (authorization.length > longestToken + 'Bearer '.length) return 'too-long'
  const [, head = '', claims = '', signature = ''] = bearer.exec(authorization) ?? []
  if (head === '') return 'not-a-token'
  const header = headerSchema.safeParse(onceOnly(head))
  if (!header.success) return 'header'
  if (onceOnly(claims) === undefined) return 'not-a-token'
  return { token: `${head}.${claims}.${signature}`, header: header.data }
}

/**
 * What a part of a token holds, or undefined where it is not JSON or holds a key twice, since
 * readers differ over which of the two counts, or a `__proto__`, over which checks of shape pass.
 */
function onceOnly(part: string): unknown {
  const text = Buffer.from(part, 'base64url').toString('utf8')
  const keys: Set<string>[] = []
  let hazard = false
  visit(text, {
    onObjectBegin: () => void keys.push(new Set()),
    onObjectEnd: () => void keys.pop(),
    onObjectProperty: (key) => {
      hazard ||= key === '__proto__' || (keys.at(-1)?.has(key) ?? false)
      keys.at(-1)?.add(key)
    },
  })
  try {
    return hazard ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
