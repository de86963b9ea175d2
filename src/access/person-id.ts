import { createHash } from 'node:crypto'
import { idSchema } from '../domain/roles.ts'
import { demonstrationPosts } from './demonstration.ts'

/** What the ids begin with that are worked out from an issuer and its subject. */
const derivedPrefix = 'p1-'
/** In hexadecimal digits: 160 bits, so that nobody finds a second subject with the same id. */
const derivedDigits = 40

/** A subject as OpenID Connect Core 1.0, section 2, has it: at most 255 visible characters. */
const subject = /^(?=.*[!-~])[ -~]{1,255}$/

/**
 * The id of a person whom an issuer calls `subject`. One that is an id of ours stays as it is. Any
 * other becomes `p1-` and the first 40 hexadecimal digits of SHA-256 over the JSON list
 * `[issuer, subject]`: the same each time, another one with another issuer, and nothing that says
 * a name. A subject that looks like such an id is itself worked out anew, so that nobody can be
 * somebody else by being called so.
 * @returns undefined where the issuer names nobody, or in a way that no issuer does
 */
export function personIdOf(issuer: unknown, named: unknown): string | undefined {
  if (typeof issuer !== 'string' || issuer === '') return undefined
  if (typeof named !== 'string' || !subject.test(named)) return undefined
  if (idSchema.safeParse(named).success && !named.startsWith(derivedPrefix)) return named
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, named]))
    .digest('hex')
  return `${derivedPrefix}${digest.slice(0, derivedDigits)}`
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const demonstrationPerson = new RegExp(`^(?:${demonstrationPosts.join('|')}|visitor)-\\d+$`)

/**
 * Whether an id is one that a person has or may have: worked out from an issuer's subject, a
 * subject as many issuers give them, or like those of the demonstration. No system may be called so.
 */
export const looksLikePerson = (id: string): boolean =>
  id.startsWith(derivedPrefix) || uuid.test(id) || demonstrationPerson.test(id)
