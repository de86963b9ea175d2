import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { parentPort } from 'node:worker_threads'

/**
 * Calls a service from a thread of its own, so that what the caller costs is not the service's. Each
 * line of requests goes over one connection, one after the other; the lines go side by side.
 */
export type Call = {
  port: number
  method: string
  path: string
  headers: OutgoingHttpHeaders
  body: string
  expect: number
}
/** How long all took, and each of them, in milliseconds. */
export type Called = { all: number; each: number[] }

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

parentPort?.on('message', async (lines: readonly (readonly Call[])[]) => {
  const each: number[] = []
  const start = performance.now()
  try {
    await Promise.all(
      lines.map(async (line) => {
        for (const call of line) {
          const begun = performance.now()
          await made(call)
          each.push(performance.now() - begun)
        }
      }),
    )
    parentPort?.postMessage({ all: performance.now() - start, each } satisfies Called)
  } catch (error) {
    parentPort?.postMessage({ failed: (error as Error).message })
  }
})

const made = ({ port, method, path, headers, body, expect }: Call): Promise<void> =>
  new Promise((resolve, reject) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) }
    const call = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        let text = ''
        answer.on('data', (part) => {
          text += part
        })
        answer.on('end', () =>
          answer.statusCode === expect
            ? resolve()
            : reject(new Error(`${method} ${path} was answered ${answer.statusCode}: ${text}`)),
        )
      },
    )
    call.on('error', reject)
    call.end(body)
  })
