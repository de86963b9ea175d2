/** One request as a test writes it; the body is written as JSON unless it is text or bytes. */
export type Call = {
  method: string
  path: string
  /** Somebody of the demonstration; nobody where it is left out. */
  person?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

/** What of a call is no address, as `app.request` and `fetch` take it. */
export const sentWith = ({ method, person, body, headers = {} }: Omit<Call, 'path'>) => ({
  method,
  headers: {
    ...(person ? { authorization: `Demonstration ${person}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  },
  ...(body === undefined ? {} : { body: written(body) }),
})

/** A body as it is sent. */
export const written = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body)

type App = {
  request(path: string, init: ReturnType<typeof sentWith>): Response | Promise<Response>
}

/** A way to call a service that is not started. */
export const callOn =
  (app: App) =>
  async (call: Call): Promise<Response> =>
    app.request(call.path, sentWith(call))

/** The same for tests that name a method, an address and a person, and seldom more. */
export const shortCallOn = (app: App) => {
  const call = callOn(app)
  return (
    method: string,
    path: string,
    person?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> => call({ method, path, person, body, headers })
}
