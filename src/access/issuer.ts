import * as client from 'openid-client'
import { isLoopback } from './issuer-address.ts'
import type { PendingSignIn } from './ports.ts'

export type IssuerOptions = {
  issuer: string
  clientId: string
  clientSecret?: string
  /** Our own address that the issuer sends people back to. */
  redirectUri: string
  /** What we ask the issuer for, `openid profile` where not given. */
  scope?: string
  /** The signature of its ID tokens, `RS256` where not given. No other is accepted. */
  idTokenAlgorithm?: 'RS256' | 'PS256' | 'ES256' | 'EdDSA'
  fetch: typeof globalThis.fetch
}

/** The conversation with the issuer (OpenID Connect Core 1.0, section 3.1, with RFC 7636). */
export function createIssuer(options: IssuerOptions) {
  let known: client.Configuration | undefined
  const configuration = async () => {
    known ??= await discover(options)
    return known
  }
  return {
    /** Where to send a person. Throws where the issuer cannot be reached. */
    async address({ state, nonce, codeVerifier }: PendingSignIn): Promise<string> {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: options.redirectUri,
        response_type: 'code',
        scope: options.scope ?? 'openid profile',
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      }).href
    },

    /** The claims of the person who came back. Throws where anything does not match. */
    async claims(query: string, { state, nonce, codeVerifier }: PendingSignIn) {
      // Our own address, and of theirs only the question: what a proxy says we are called is
      // never sent to the issuer.
      const here = new URL(options.redirectUri)
      here.search = query
      const tokens = await client.authorizationCodeGrant(await configuration(), here, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      })
      return tokens.claims()
    },
  }
}

function discover(options: IssuerOptions): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = options
  const here = new URL(issuer)
  return client.discovery(
    here,
    clientId,
    { id_token_signed_response_alg: options.idTokenAlgorithm ?? 'RS256' },
    clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
    {
      execute: [
        // The signature too, not only the connection it came over.
        client.enableNonRepudiationChecks,
        ...(here.protocol === 'http:' && isLoopback(here) ? [client.allowInsecureRequests] : []),
      ],
      [client.customFetch]: (url, init) => options.fetch(url, init as RequestInit),
      timeout: 10,
    },
  )
}
