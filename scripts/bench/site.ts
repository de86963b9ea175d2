import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OpenStore, openStore } from '../../db/sqlite/open-store.ts'
import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { act } from '../../src/casework/act.ts'
import { type Asked, askedSchema } from '../../src/casework/asked.ts'
import type { Deps, Outcome, Request } from '../../src/casework/casework.ts'
import { openCase, referralSchema } from '../../src/casework/open-case.ts'
import { answersSchema, recordFacts } from '../../src/casework/record-facts.ts'
import { loadPolicy } from '../../src/rules/check.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { composeRuleSet, type RuleSet } from '../../src/rules/rule-set.ts'
import { orThrow } from '../catalogue.ts'
import { clockFrom } from './made-up.ts'

/** Casework on the shipped rules and a store on the disk, as the service puts it together. */
export type Site = {
  deps: Deps & { store: OpenStore }
  policy: Policy
  /** The referral of the worked case, as it is posted. */
  referral: Readonly<Record<string, unknown>>
  as(person: string): Request
}

const path = 'docs/worked-case.yaml'

/** @param folder where its files are made */
export async function siteIn(folder: string): Promise<Site> {
  const policy = orThrow(loadPolicy('rules'))
  const { asAt = '2026-11-02', ...referral } = orThrow(
    readCase({ path, bytes: readFileSync(path) }),
  )
  const sets = new Map<string, RuleSet>()
  const store = await openStore({
    database: join(folder, 'record.db'),
    keys: join(folder, 'record.keys'),
    migrations: 'db/sqlite/migrations',
  })
  const deps = {
    store,
    evaluate: evaluateCompiled,
    ruleSet: (partnership: string) => {
      const set = sets.get(partnership) ?? orThrow(composeRuleSet(policy, partnership))
      sets.set(partnership, set)
      return { ok: true as const, value: set }
    },
    today: () => asAt,
    now: clockFrom(Date.parse(`${asAt}T09:30:00Z`)),
    newId: randomUUID,
  }
  return { deps, policy, referral, as: requestOf }
}

function requestOf(person: string): Request {
  const caller = demonstrationPeople.find((one) => one.person === person)
  if (!caller) throw new Error(`There is no ${person} in the demonstration.`)
  return { caller, requestId: randomUUID() }
}

/** What an outcome holds. A bench whose cases do not come about measures nothing: it ends. */
export function granted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`The bench could not carry on: ${JSON.stringify(outcome)}`)
}

/** Opens the worked case. @returns its id */
export async function opened({ deps, as, referral }: Site): Promise<string> {
  const input = referralSchema.parse(referral)
  return granted(await openCase(deps, as('officer-1'), input)).id
}

/** Records one event on a case as it stands. */
export async function happened(site: Site, person: string, id: string, asked: Asked) {
  const version = (await site.deps.store.whereIs(id))?.version ?? 0
  const parsed = askedSchema.parse(asked) as Asked
  return granted(await act(site.deps, site.as(person), id, version, parsed))
}

/** Records answers on a case as it stands. */
export async function answered(
  site: Site,
  id: string,
  answers: readonly unknown[],
  person = 'practitioner-1',
) {
  const version = (await site.deps.store.whereIs(id))?.version ?? 0
  const parsed = answersSchema.parse({ answers })
  return granted(await recordFacts(site.deps, site.as(person), id, version, parsed))
}
