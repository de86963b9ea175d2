import type fc from 'fast-check'
import { type ApiOptions, createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import type { Deps } from '../../src/casework/casework.ts'
import type { CaseStore } from '../../src/casework/ports.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { smallPolicy } from './api.ts'
import { callOn } from './call.ts'
import { workOn } from './casework.ts'

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
  return { app, deps, as: work.as, call: callOn(app) }
}
export type Site = ReturnType<typeof siteOn>

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
