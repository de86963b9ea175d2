import type { OpenStore } from '../../db/sqlite/open-store.ts'
import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { act } from '../../src/casework/act.ts'
import type { Asked } from '../../src/casework/asked.ts'
import { askedSchema } from '../../src/casework/asked.ts'
import type { Deps, Outcome, Request } from '../../src/casework/casework.ts'
import { type AttendanceInput, attendanceSchema, openClinic } from '../../src/casework/clinics.ts'
import { openCase, referralSchema } from '../../src/casework/open-case.ts'
import { type CaseFile, type CaseStore, fileParts } from '../../src/casework/ports.ts'
import { answersSchema, recordFacts } from '../../src/casework/record-facts.ts'
import { sweep } from '../../src/casework/sweep.ts'
import { viewCase } from '../../src/casework/view.ts'
import type { CaseInput } from '../../src/domain/case.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { composeRuleSet } from '../../src/rules/rule-set.ts'
import { caseStore } from './stores.ts'

/** Casework over a store in memory, on a day that the test sets, with ids that are counted. */
export const caseworkOn = async (policy: Policy, day?: string, partnership?: string) =>
  workOn(await caseStore(), policy, day, partnership)
export type Work = ReturnType<typeof workOn<OpenStore>>

/** The same over a store that is there. */
export function workOn<S extends CaseStore>(
  store: S,
  policy: Policy,
  day = '2026-11-02',
  partnership = 'derby',
) {
  let ids = 0
  let minutes = 0
  let today = day
  const deps: Deps & { store: S } = {
    store,
    ruleSet: (partnership) => composed(policy, partnership),
    evaluate: evaluateCompiled,
    today: () => today,
    now: () => {
      minutes += 1
      return new Date(Date.parse(`${today}T09:00:00Z`) + minutes * 1_000).toISOString()
    },
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
  }
  const as = (person: string): Request => {
    const named = /-\d$/.test(person) ? person : `${person}-1`
    const caller = demonstrationPeople.find((one) => one.person === named)
    if (!caller) throw new Error(`There is no ${person} in the demonstration.`)
    // Without a number, the person is of the partnership that the test is about.
    const grants = caller.grants.map((grant) => ({ ...grant, partnership }))
    return { caller: named === person ? caller : { ...caller, grants }, requestId: 'request-1' }
  }
  const version = async (id: string) => (await store.whereIs(id))?.version ?? 0
  return {
    deps,
    store,
    as,
    setDay: (next: string) => {
      today = next
    },
    open: (person: string, { asAt: _asAt, ...input }: CaseInput & { reference?: string }) =>
      openCase(deps, as(person), referralSchema.parse(input)),
    act: async (person: string, id: string, asked: Asked) =>
      act(deps, as(person), id, await version(id), askedSchema.parse(asked) as Asked),
    answer: async (person: string, id: string, answers: unknown[], more: object = {}) =>
      recordFacts(
        deps,
        as(person),
        id,
        await version(id),
        answersSchema.parse({ answers, ...more }),
      ),
    view: (person: string, id: string) => viewCase(deps, as(person), id),
    /** All that is kept of a case. */
    file: async (id: string): Promise<CaseFile> => {
      const file = await store.read(id, fileParts, tester(deps))
      if (!file) throw new Error(`There is no case ${id}.`)
      return file
    },
    sweep: async () => sweep(deps, { limit: 100 }),
    /** Plans a clinic and says who is there: the chair, and for each agency who may sit for it. */
    clinic: async (id: string, heldOn: string, agencies: readonly string[]) => {
      const access = tester(deps)
      const row = {
        id,
        partnership,
        area: null,
        heldOn,
        state: 'planned' as const,
        version: 1,
      }
      await store.planClinic(row, access)
      const attendance = attendanceOf('chair', ...agencies)
      await store.saveClinic({ row: { ...row, version: 2 }, attendance }, 1, access)
    },
    /** The chair opens a clinic, which is of today or of a day before. */
    meets: async (id: string) => {
      const { version = 0 } = (await store.whereIsClinic(id)) ?? {}
      return openClinic(deps, as('chair'), id, version)
    },
  }
}

/** Who of the demonstration sits at a clinic for an agency. */
const sitters: Readonly<Record<string, string>> = {
  chair: 'chair-1',
  police: 'inspector-1',
  'youth-justice': 'team-leader-1',
  'social-care': 'social-care-1',
  health: 'health-1',
  education: 'education-1',
  'victim-liaison': 'victim-liaison-1',
}

/** The attendance of a clinic at which somebody sits for each of these agencies, and can. */
export const attendanceOf = (...agencies: readonly string[]): AttendanceInput =>
  attendanceSchema.parse(
    agencies.map((agency) => {
      const person = sitters[agency] ?? `nobody-for-${agency}-0`
      const role = demonstrationPeople.find((one) => one.person === person)?.grants[0]?.role
      return { person, role, agency, way: 'in-person' }
    }),
  )

const tester = (deps: Deps) => ({
  actor: { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const,
  at: deps.now(),
  action: 'clinic.plan',
  requestId: 'request-1',
})

/** What an outcome holds; throws with all that it says where it is none. */
export function granted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(JSON.stringify(outcome, null, 1))
}

const sets = new WeakMap<Policy, Map<string, ReturnType<typeof composeRuleSet>>>()
function composed(policy: Policy, partnership: string) {
  const known = sets.get(policy) ?? new Map()
  const set = known.get(partnership) ?? composeRuleSet(policy, partnership)
  sets.set(policy, known.set(partnership, set))
  return set
}
