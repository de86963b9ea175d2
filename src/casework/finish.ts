import { done, type Outcome, type Repeatable, stale, unusable } from './casework.ts'
import { clocksAfter, nearest, type OwnClock } from './clocks.ts'
import { type Act, type Acted, recommended, type Stepped } from './draft.ts'
import type { Access, CaseRow, Change, ClinicItem, IdempotentAnswer } from './ports.ts'
import { keepRules, runRules } from './run-rules.ts'
import { closedOverAWorry, tasksAfter } from './tasks-after.ts'
import { moveWhereItWent } from './transfer.ts'

/** Runs the rules where the charts ask for it, settles clocks and tasks, and commits. */
export async function finish(
  act: Act,
  { effects, events, before }: Pick<Stepped, 'effects' | 'events' | 'before'>,
  access: Access,
  more: Pick<Change, 'identity'> & {
    from?: number | null
    repeatable?: Repeatable | undefined
  } = {},
): Promise<Outcome<Acted>> {
  const worry = closedOverAWorry(act)
  if (worry) return worry
  moveWhereItWent(act, events)
  const { deps, draft, file } = act
  const again = effects.some(({ kind }) => kind === 'run-rules-again' || kind === 'clocks')
  if (again) {
    const run = await runRules(deps, {
      row: file.row,
      victims: [...file.victims, ...draft.victims],
      answers: act.answers,
      latest: recommended(act),
      by: act.actor,
      at: act.at,
    })
    if (!run.ok) return unusable(...run.problems)
    if (run.value.fresh) {
      await keepRules(deps, run.value.ruleSet, act.at)
      draft.recommendations.push(run.value.entry)
      act.recommendation = run.value.entry
    }
  }
  const row = settle(act, effects, events, before, access)
  const { from = file.row.version, repeatable, ...rest } = more
  const answer = repeatable?.answer(row, act.recommendation)
  const result = await deps.store.commit({
    ...draft,
    ...rest,
    ...(repeatable && answer ? { idempotency: kept(repeatable, answer, access.at) } : {}),
    row,
    from,
    access,
  })
  if (result.kind === 'stale') return stale
  if (result.kind === 'repeated') return { ok: false, why: 'repeated' }
  if (result.kind === 'reference-taken')
    return { ok: false, why: 'taken', says: 'There is a case with this reference already.' }
  return done({ id: row.id, version: row.version, state: row.snapshot.value, answer })
}

const kept = (
  { owner, key, request }: Repeatable,
  answer: ReturnType<Repeatable['answer']>,
  at: string,
): IdempotentAnswer => ({ owner, key, request, at, ...answer })

/** Clocks, tasks, the agenda and the row itself, as they stand after all of it. */
function settle(
  act: Act,
  effects: Stepped['effects'],
  events: Stepped['events'],
  before: string,
  access: Access,
): CaseRow {
  const { draft, file } = act
  const state = file.row.snapshot.value
  const context = file.row.snapshot.context as { holds?: string[] }
  const own = events.flatMap(({ event }) => ownClock(event))
  const clocks = clocksAfter({
    before: file.clocks,
    clocks: act.recommendation?.summary.clocks,
    effects,
    own,
    holds: context.holds ?? [],
    waits: ['preparing', 'onHold', 'withSpecialists', 'withCps'].includes(state),
    closed: state === 'closed',
    reopened: before === 'closed' && state !== 'closed',
    born: bornOn(act),
    newId: act.deps.newId,
  })
  draft.clocks.push(...clocks)
  const standing = merged(file.clocks, clocks)
  draft.tasks.push(...tasksAfter(act, effects, standing, access.at))
  const tasks = merged(file.tasks, draft.tasks)
  moveOnAgenda(act, before, state)
  return {
    ...file.row,
    version: file.row.version + 1,
    updatedAt: access.at,
    status: act.recommendation?.status ?? file.row.status,
    recommendation: act.recommendation?.id ?? file.row.recommendation,
    clinic: clinicAfter(act, before, state),
    dueOn: nearest([
      ...standing.filter((one) => one.state === 'running').map((one) => one.dueOn),
      ...tasks.filter(({ doneAt }) => doneAt === null).map(({ dueOn }) => dueOn),
    ]),
  }
}

const bornOn = ({ answers }: Act): string | undefined => {
  const said = answers.find(({ fact }) => fact === 'child.date_of_birth')?.answer
  return typeof said === 'string' ? said : undefined
}

const merged = <T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] => [
  ...before.filter(({ id }) => !after.some((one) => one.id === id)),
  ...after,
]

function ownClock(event: Stepped['events'][number]['event']): OwnClock[] {
  if (event.type === 'case.held' || event.type === 'hold.reviewed')
    return [{ what: 'hold-review', about: event.holdId, dueOn: event.reviewOn }]
  if (event.type === 'clinic.adjourned')
    return [{ what: 'adjournment-ends', about: event.owedBy, dueOn: event.until }]
  return []
}

const onAgenda = ['listed', 'inClinic', 'escalated', 'decided']
const itemStates: Readonly<Record<string, ClinicItem['state']>> = {
  listed: 'listed',
  inClinic: 'in-clinic',
  escalated: 'escalated',
  decided: 'decided',
  returned: 'sent-back',
}

/** Where the case now stands on the agenda, when it moved. */
function moveOnAgenda({ draft, file, clinic }: Act, before: string, after: string): void {
  const on = clinic?.row.id ?? file.row.clinic
  if (!on || before === after) return
  // A hold that is lifted puts the case back where the clinic still has it to deal with.
  if (!onAgenda.includes(before) && !['listed', 'inClinic', 'escalated'].includes(after)) return
  if (before === 'decided' && after !== 'inClinic') return
  const state = itemStates[after] ?? (before === 'inClinic' ? 'adjourned' : 'taken-off')
  draft.clinicItems.push({ clinic: on, case: file.row.id, state })
}

function clinicAfter({ file, clinic }: Act, before: string, after: string): string | null {
  if (after === 'listed' && before === 'preparing') return clinic?.row.id ?? file.row.clinic
  return ['preparing', 'returned', 'closed'].includes(after) ? null : file.row.clinic
}
