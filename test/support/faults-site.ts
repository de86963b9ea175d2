import type fc from 'fast-check'
import { type ApiOptions, createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import type { Deps } from '../../src/casework/casework.ts'
import type { CaseStore } from '../../src/casework/ports.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { smallPolicy } from './api.ts'
import { workOn } from './casework.ts'

/** One request as a test writes it; the body is written as JSON unless it is text or bytes. */
export type Call = {
  method: string
  path: string
  person?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

const small = smallPolicy()

let seconds = 0
/** One clock for all services of a test, which may share a store: it only goes forward. */
const nowOn = (day: string): string => {
  seconds += 1
  return new Date(Date.parse(`${day}T09:00:00Z`) + seconds * 1_000).toISOString()
}

/** The service over a store, with ids that begin with a name of their own. */
export function siteOn(
  store: CaseStore,
  name: string,
  { policy = small, ...options }: ApiOptions & { policy?: Policy } = {},
) {
  const work = workOn(store, policy)
  const deps: Deps = {
    ...work.deps,
    newId: () => `${name}-${work.deps.newId()}`,
    now: () => nowOn(work.deps.today()),
  }
  const book = ruleBook(policy, evaluateCompiled, deps.today)
  const app = createApi(book, { casework: deps, identify: asDemonstrated, ...options })
  const call = async ({ method, path, person, body, headers = {} }: Call): Promise<Response> =>
    app.request(path, {
      method,
      headers: {
        ...(person ? { authorization: `Demonstration ${person}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: written(body) }),
    })
  return { app, deps, as: work.as, call }
}
export type Site = ReturnType<typeof siteOn>

const written = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body)

/** A referral that takes nothing but the small rules. */
export const aReferral = {
  partnership: 'derby',
  child: { name: 'Example Child' },
  facts: { 'child.date_of_birth': '2011-05-14', 'case.entry': 'voluntary-interview' },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
}

/** Takes every change, from whatever version it was made. */
export const withoutVersions = (store: CaseStore): CaseStore => ({
  ...store,
  commit: async (change) => {
    const now = (await store.whereIs(change.row.id))?.version
    return store.commit(
      now === undefined
        ? change
        : { ...change, from: now, row: { ...change.row, version: now + 1 } },
    )
  },
})

/** Forgets what it answered. */
export const withoutAnswers = (store: CaseStore): CaseStore => ({
  ...store,
  repeated: async () => undefined,
  commit: async ({ idempotency: _idempotency, ...change }) => store.commit(change),
})

/** The scheduler that deals out the turns now; without one nobody waits. */
export type Turn = { now?: fc.Scheduler }

/** A store whose calls wait for their turn, which the scheduler deals out in any order. */
export const inTurns = (to: CaseStore, turn: Turn): CaseStore => {
  const wait = async () => turn.now?.schedule(Promise.resolve())
  return {
    ...to,
    repeated: async (...given) => wait().then(() => to.repeated(...given)),
    whereIs: async (...given) => wait().then(() => to.whereIs(...given)),
    read: async (...given) => wait().then(() => to.read(...given)),
    commit: async (...given) => wait().then(() => to.commit(...given)),
  }
}
