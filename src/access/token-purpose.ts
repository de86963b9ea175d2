import type { JWTPayload } from 'jose'
import { saysAccessToken, type TokenHeader } from './token-shape.ts'

/**
 * Why a token that is signed and holds now is still none to call us with. `kind`: it is an ID token,
 * a sign-out message or bound to a key that we cannot check. `party`: it is for several services,
 * and was not given to our own client.
 */
export type WrongPurpose = 'kind' | 'party'

/**
 * What stands in tokens of other kinds alone: ID tokens (OpenID Connect Core 1.0, sections 2 and
 * 3.3.2.11), sign-out messages (Back-Channel Logout 1.0, section 2.4), and tokens that are good
 * only together with a key (RFC 7800), which would lose that protection here.
 */
const ofOtherKinds = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'cnf']

/**
 * Whether a token was made to call us with. Where its header does not say that it is an access
 * token, its audience has to tell: an ID token is for the client, so the two must differ.
 */
export function wrongPurpose(
  header: TokenHeader,
  claims: JWTPayload,
  { audience, clientId }: { audience: string; clientId: string },
): WrongPurpose | undefined {
  if (ofOtherKinds.some((claim) => Object.hasOwn(claims, claim))) return 'kind'
  if (!saysAccessToken(header) && audience === clientId) return 'kind'
  // Keycloak writes `ID`, `Refresh` or `Logout` here, and `Bearer` into an access token.
  if (Object.hasOwn(claims, 'typ') && claims.typ !== 'Bearer') return 'kind'
  return givenToUs(claims, clientId) ? undefined : 'party'
}

/**
 * Whoever else a token is for could send it on to us. One that is for several is taken only where
 * it was given to our own client, which `azp` says, or `client_id` (RFC 9068, section 2.2).
 */
function givenToUs(claims: JWTPayload, clientId: string): boolean {
  if (!Array.isArray(claims.aud) || claims.aud.length < 2) return true
  const parties = ['azp', 'client_id'].filter((claim) => Object.hasOwn(claims, claim))
  return parties.length > 0 && parties.every((claim) => claims[claim] === clientId)
}
