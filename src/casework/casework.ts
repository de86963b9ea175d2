import type { Caller } from '../access/caller.ts'
import type { Problem, Result } from '../domain/problem.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Actor } from '../domain/roles.ts'
import type { Evaluate } from '../rules/evaluate.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import type { Access, CaseRow, CaseStore, RecommendationEntry } from './ports.ts'

/** What casework works with. Time, chance and the disk come from outside. */
export type Deps = {
  store: CaseStore
  /** The rules of a partnership, as they are now. */
  ruleSet(partnership: string): Result<RuleSet>
  evaluate: Evaluate
  /** The instant, UTC. */
  now(): string
  /** The day in Europe/London. */
  today(): string
  newId(): string
}

/** Who asks, on which request, and why where they say so. */
export type Request = { caller: Caller; requestId: string; purpose?: string | undefined }

/** What the access log keeps of a request that is carried out now. */
export const accessFor = (
  { now }: Pick<Deps, 'now'>,
  { requestId, purpose }: Pick<Request, 'requestId' | 'purpose'>,
  actor: Actor,
  action: string,
): Access => ({ actor, at: now(), action, requestId, purpose })

/** How a request that may come twice is answered the second time: with the answer of the first. */
export type Repeatable = {
  owner: string
  key: string
  /** Digest of method, path and body. */
  request: string
  /** The answer, made from what will be stored, so that it is stored with it. */
  answer(
    row: CaseRow,
    recommendation: RecommendationEntry | undefined,
  ): {
    status: number
    headers: Readonly<Record<string, string>>
    body: string
  }
}

/** What came of it. Only bugs throw. */
export type Outcome<T> = { ok: true; value: T } | No

/** Why nothing was done. `absent` is also the answer for what belongs to others. */
export type No =
  | { ok: false; why: 'absent' }
  | { ok: false; why: 'not-allowed'; says: string }
  | { ok: false; why: 'erased'; says: string }
  | { ok: false; why: 'refused'; refusal: Refusal }
  | { ok: false; why: 'unusable'; problems: readonly Problem[] }
  | { ok: false; why: 'stale' }
  | { ok: false; why: 'taken'; says: string }
  /** The key was used meanwhile: who comes again gets the answer that is kept. */
  | { ok: false; why: 'repeated' }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const absent: No = { ok: false, why: 'absent' }
export const stale: No = { ok: false, why: 'stale' }
export const notAllowed = (says: string): No => ({ ok: false, why: 'not-allowed', says })
export const unusable = (...problems: Problem[]): No => ({ ok: false, why: 'unusable', problems })
