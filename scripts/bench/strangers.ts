import type { Call } from './caller.ts'
import { withFolder } from './folder.ts'
import { type Line, quantile } from './measure.ts'
import { callerThread, listening, service } from './service.ts'
import { siteIn } from './site.ts'

const strangers = 50
const asks = 300
const greedy = ['/openapi.json', '/v1/rule-sets/derby', '/nothing']

/** What a member waits while fifty strangers ask without a pause, beside what they wait alone. */
export const benchStrangers = (): Promise<Line[]> =>
  withFolder(async (folder) => {
    const site = await siteIn(folder)
    const ours = await listening(service(site))
    const [member, crowd] = [callerThread(), callerThread()]
    const call = (path: string, expect: number, headers: Record<string, string> = {}): Call => ({
      ...{ port: ours.port, method: 'GET', path, headers, body: '', expect },
    })
    const me = call('/v1/me', 200, { authorization: 'Demonstration chair-1' })
    const wait = async () => {
      const { each } = await member.call([Array.from({ length: asks }, () => me)])
      return quantile(each, 0.95)
    }
    const line = (i: number): Call[] =>
      Array.from({ length: 40 }, (_, n) => {
        const path = greedy[(i + n) % greedy.length] ?? '/'
        return call(path, path === '/nothing' ? 404 : 200)
      })
    try {
      await wait()
      const alone = await wait()
      const crowded = crowd.call(Array.from({ length: strangers }, (_, i) => line(i)))
      const beside = await wait()
      await crowded
      return [
        {
          group: 'Strangers, what a member waits in 95 of 100 cases',
          what: `GET /v1/me beside ${strangers} strangers`,
          peer: 'the same alone',
          ratio: beside / alone,
          kind: 'more-is-slower',
          target: null,
          ...{ value: beside, peerValue: alone, unit: 'ms' },
        },
      ]
    } finally {
      await Promise.all([member.end(), crowd.end()])
      ours.close()
      await site.deps.store.close()
    }
  })
