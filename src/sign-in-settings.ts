import { z } from 'zod'
import type { IssuerSettings } from './access/desk.ts'
import { didYouMean } from './domain/problem.ts'
import { personRoles, type Role } from './domain/roles.ts'

/** How people and services sign in, from the environment (docs/sign-in.md): every setting has a value. */
export type SignInSettings = IssuerSettings &
  Required<Pick<IssuerSettings, 'personClaim' | 'longestLife'>>

/** What an issuer may name; the program's own role is none of them. */
const known: readonly string[] = [...personRoles, 'service' satisfies Role]

/** `their word=our-role,another=our-role`, each of their words once. */
const roleNames = z.string().transform((text, context): Record<string, Role> => {
  const pairs = text.split(',').map((pair) => {
    const at = pair.lastIndexOf('=')
    return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()] as const
  })
  const words = pairs.map(([word]) => word)
  const stranger = pairs.find(([, role]) => !known.includes(role))?.[1]
  const mend =
    words.includes('') || new Set(words).size < words.length
      ? 'Write each of their words once, and an equals sign after it.'
      : stranger !== undefined
        ? `I don't know the role "${stranger}".${didYouMean(stranger, known)}`
        : undefined
  if (mend) context.addIssue({ code: 'custom', params: { mend } })
  return Object.fromEntries(pairs) as Record<string, Role>
})

const claim = z.string().min(1).max(200)

export const signInShapes = {
  WAYMARK_ISSUER: z.url().optional(),
  WAYMARK_AUDIENCE: z.string().min(1).default('waymark'),
  WAYMARK_CLIENT_ID: z.string().min(1).default('waymark'),
  WAYMARK_CLIENT_SECRET: z.string().min(8).optional(),
  WAYMARK_ADDRESS: z.url().optional(),
  WAYMARK_ROLES_CLAIM: claim.default('waymark_roles'),
  WAYMARK_PERSON_CLAIM: claim.default('sub'),
  WAYMARK_ROLE_NAMES: roleNames.optional(),
  WAYMARK_TOKEN_MINUTES: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((minutes) => minutes >= 1 && minutes <= 120)
    .default(60),
}

export const signInMeanings: Record<keyof typeof signInShapes, string> = {
  WAYMARK_ISSUER: 'the address of the OpenID Connect issuer',
  WAYMARK_AUDIENCE: 'what this service is called in tokens',
  WAYMARK_CLIENT_ID: 'what this service is called by the issuer',
  WAYMARK_CLIENT_SECRET: 'a secret of at least eight characters',
  WAYMARK_ADDRESS: 'the address of this service, as people type it',
  WAYMARK_ROLES_CLAIM: 'the claim that holds the roles',
  WAYMARK_PERSON_CLAIM: 'the claim that names a person',
  WAYMARK_ROLE_NAMES: `their words for our roles, such as "Chair=clinic-chair,Officer=referring-officer"; our roles are ${known.join(', ')}`,
  WAYMARK_TOKEN_MINUTES: 'how many minutes a token may last at most, from 1 to 120',
}

type Read = <K extends keyof typeof signInShapes>(
  name: K,
) => z.infer<(typeof signInShapes)[K]> | undefined

/** The settings of sign-in, or undefined where no issuer is set. Each is read, so that a malformed
 * one is noticed without an issuer too. */
export function readSignIn(read: Read): SignInSettings | undefined {
  const issuer = read('WAYMARK_ISSUER')
  const clientSecret = read('WAYMARK_CLIENT_SECRET')
  const names = read('WAYMARK_ROLE_NAMES')
  const rest = {
    audience: read('WAYMARK_AUDIENCE') ?? '',
    clientId: read('WAYMARK_CLIENT_ID') ?? '',
    address: read('WAYMARK_ADDRESS') ?? '',
    rolesClaim: read('WAYMARK_ROLES_CLAIM') ?? '',
    personClaim: read('WAYMARK_PERSON_CLAIM') ?? '',
    longestLife: (read('WAYMARK_TOKEN_MINUTES') ?? 0) * 60,
  }
  if (!issuer) return undefined
  const secret = clientSecret ? { clientSecret } : {}
  return { issuer, ...rest, ...secret, ...(names ? { roleNames: names } : {}) }
}
