import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'

/** Claims by the id of a made-up person. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export const testClient = { clientId: 'waymark-1', clientSecret: 'a-secret-for-tests-only' }
/** A system that asks for tokens by itself (client credentials). */
export const testSystem = { clientId: 'records-system-1', clientSecret: 'another-secret-for-tests' }
export const testAudience = 'urn:waymark:test'
export const redirectUri = 'http://127.0.0.1:3000/sign-in/callback'

/**
 * A real OpenID Connect provider on a loopback port. Nobody types anything: whoever follows the
 * redirects says in a header which of the people they are, and without one, that they refuse.
 */
export async function startProvider(people: People, systemsRoles: unknown = []) {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, await configuration(people, systemsRoles))
  const answer = provider.callback()
  server.on('request', (request, response) =>
    request.url?.startsWith('/interaction/')
      ? void decide(provider, request, response)
      : void answer(request, response),
  )
  return {
    issuer,
    /** Follows the redirects as a browser would, until the issuer sends the person back to us. */
    visit: (address: string, person?: string) => follow(address, person),
    systemToken: () => systemToken(issuer),
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function configuration(people: People, systemsRoles: unknown): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: 'provider-1', alg: 'RS256', use: 'sig' }
  return {
    jwks: { keys: [key as never] },
    clients: [
      {
        client_id: testClient.clientId,
        client_secret: testClient.clientSecret,
        redirect_uris: [redirectUri],
      },
      {
        client_id: testSystem.clientId,
        client_secret: testSystem.clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    cookies: { keys: ['a-cookie-key-for-tests-only'] },
    pkce: { required: () => true, methods: ['S256'] },
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['name', 'waymark_roles'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...people[sub] }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    extraTokenClaims: () => ({ waymark_roles: systemsRoles as never }),
    ttl: {
      Interaction: 600,
      Session: 600,
      Grant: 600,
      IdToken: 600,
      AccessToken: 300,
      ClientCredentials: 300,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_, client) =>
          client.clientId === testSystem.clientId ? testAudience : [],
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: testAudience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  }
}

async function decide(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const person = request.headers['x-person']
  await provider.interactionFinished(
    request,
    response,
    typeof person === 'string'
      ? { login: { accountId: person } }
      : { error: 'access_denied', error_description: 'The person refused.' },
  )
}

async function follow(address: string, person?: string): Promise<string> {
  const jar = new Map<string, string>()
  let next = address
  for (let steps = 0; !next.startsWith(redirectUri); steps += 1) {
    if (steps > 10) throw new Error('The issuer redirects without end.')
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(person && { 'x-person': person }),
      },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    if (!location) throw new Error(`The issuer answered ${answer.status}: ${await answer.text()}`)
    next = new URL(location, next).href
  }
  return next
}

async function systemToken(issuer: string): Promise<string> {
  const { clientId, clientSecret } = testSystem
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (!token) throw new Error('The issuer gave no token.')
  return token
}
