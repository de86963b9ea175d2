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

/** The settings of sign-in, each with what it must be, as its description says. */
export const signInShapes = {
  WAYMARK_ISSUER: z.url().optional().describe('the address of the OpenID Connect issuer'),
  WAYMARK_AUDIENCE: z
    .string()
    .min(1)
    .default('waymark')
    .describe('what this service is called in tokens'),
  WAYMARK_CLIENT_ID: z
    .string()
    .min(1)
    .default('waymark')
    .describe('what this service is called by the issuer'),
  WAYMARK_CLIENT_SECRET: z
    .string()
    .min(8)
    .optional()
    .describe('a secret of at least eight characters'),
  WAYMARK_ADDRESS: z.url().optional().describe('the address of this service, as people type it'),
  WAYMARK_ROLES_CLAIM: claim.default('waymark_roles').describe('the claim that holds the roles'),
  WAYMARK_PERSON_CLAIM: claim.default('sub').describe('the claim that names a person'),
  WAYMARK_ROLE_NAMES: roleNames
    .optional()
    .describe(
      `their words for our roles, such as "Chair=clinic-chair,Officer=referring-officer"; our roles are ${known.join(', ')}`,
    ),
  WAYMARK_TOKEN_MINUTES: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((minutes) => minutes >= 1 && minutes <= 120)
    .default(60)
    .describe('how many minutes a token may last at most, from 1 to 120'),
}

/** The settings of sign-in, or undefined where no issuer is set. */
export function signInOf(
  read: z.output<z.ZodObject<typeof signInShapes>>,
): SignInSettings | undefined {
  const { WAYMARK_ISSUER: issuer, WAYMARK_CLIENT_SECRET: clientSecret } = read
  const { WAYMARK_ADDRESS: address, WAYMARK_ROLE_NAMES: names } = read
  if (!issuer || !address) return undefined
  return {
    ...{ issuer, address, audience: read.WAYMARK_AUDIENCE, clientId: read.WAYMARK_CLIENT_ID },
    rolesClaim: read.WAYMARK_ROLES_CLAIM,
    personClaim: read.WAYMARK_PERSON_CLAIM,
    longestLife: read.WAYMARK_TOKEN_MINUTES * 60,
    ...(clientSecret ? { clientSecret } : {}),
    ...(names ? { roleNames: names } : {}),
  }
}
