import { effectsOfOpening } from '../../machines/effects.ts'
import { open } from '../../machines/step.ts'
import { keep } from '../../machines/versions.ts'
import { actorFor } from '../access/caller.ts'
import { eventSchema } from '../domain/events.ts'
import { standingAfter, toEntries } from './answers.ts'
import { numbers } from './assemble.ts'
import { tell } from './carry-out.ts'
import {
  accessFor,
  type Deps,
  notAllowed,
  type Outcome,
  type Repeatable,
  type Request,
  unusable,
} from './casework.ts'
import { type Act, type Acted, emptyDraft } from './draft.ts'
import { finish } from './finish.ts'
import { answersIn, withVictimsApart } from './open-case/answers-in.ts'
import { misfits, noSuchPartnership, notYetHappened } from './open-case/misfits.ts'
import { type ReferralInput, referralSchema } from './open-case/referral.ts'
import type { CaseFile, CaseRow } from './ports.ts'
import { keepRules, runRules } from './run-rules.ts'

export { type ReferralInput, referralSchema }

/**
 * Opens a case: keeps what was handed in, runs the rules once, and puts the case where the chart
 * begins. One transaction, or nothing.
 */
export async function openCase(
  deps: Deps,
  request: Request,
  input: ReferralInput,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const { partnership } = input
  const set = deps.ruleSet(partnership)
  if (!set.ok || partnership === 'national') return unusable(noSuchPartnership(deps, partnership))
  const where = { partnership, ...(input.area ? { area: input.area } : {}) }
  const actor = actorFor(request.caller, 'referral.open', where)
  if (!actor) return notAllowed('Your role may not open a case there.')
  const wrong = misfits(input, set.value.policy.partnerships[partnership]?.areas ?? [])
  if (wrong.length > 0) return unusable(...wrong)
  const given = withVictimsApart(input)
  const early = notYetHappened(input)
  if (early.length > 0) return unusable(...early)
  const access = accessFor(deps, request, actor, 'referral.open')
  const { at } = access
  const victims = (given.victims ?? []).map(({ offences }, i) => ({
    number: i + 1,
    offences: offences ?? null,
  }))
  const by = { by: actor, at, newId: deps.newId, facts: set.value.policy.facts }
  const draft = { ...emptyDraft(), victims, answers: toEntries(answersIn(given), [], by) }
  const row = freshRow(deps, input, given.offences?.length ?? 1, at)
  const answers = standingAfter([], draft.answers)
  const run = await runRules(deps, { row, victims, answers, latest: null, by: actor, at })
  if (!run.ok) return unusable(...run.problems)
  await keepRules(deps, run.value.ruleSet, at)
  draft.recommendations.push(run.value.entry)
  const event = eventSchema.parse({
    type: 'referral.received',
    by: actor,
    at,
    partnership,
    entry: given.facts['case.entry'],
    offences: numbers(row.offences),
  })
  const events = [{ id: deps.newId(), event }]
  draft.events.push(
    ...events.map((one) => ({ ...one, chart: 'referral' as const, delivery: null })),
  )
  const effects = effectsOfOpening('referral', event as never, open('referral'))
  const act: Act = {
    deps,
    file: { ...emptyFile, row, victims: [] },
    actor,
    at,
    draft,
    answers,
    recommendation: run.value.entry,
    ruleSet: run.value.ruleSet,
    clinic: undefined,
    delivery: undefined,
  }
  for (const effect of effects)
    if (effect.kind === 'notice') tell(act, { notice: effect.notice, to: effect.to })
  const dateOfBirth = given.facts['child.date_of_birth']
  const identity = {
    ...input.child,
    ...(typeof dateOfBirth === 'string' ? { dateOfBirth } : {}),
  }
  return finish(act, { effects, events, before: '' }, access, {
    identity,
    from: null,
    repeatable,
  })
}

const freshRow = (deps: Deps, input: ReferralInput, offences: number, at: string): CaseRow => ({
  id: deps.newId(),
  partnership: input.partnership,
  area: input.area ?? null,
  child: deps.newId(),
  reference: input.reference ?? null,
  snapshot: keep('referral', open('referral')),
  version: 0,
  openedAt: at,
  updatedAt: at,
  offences,
  status: null,
  recommendation: null,
  dueOn: null,
  clinic: null,
  barred: [],
  erasedAt: null,
})

const emptyFile: Omit<CaseFile, 'row'> = {
  identity: null,
  answers: [],
  recommendation: null,
  recommendations: [],
  departures: [],
  decisions: [],
  deliveries: [],
  conditions: [],
  tasks: [],
  clocks: [],
  notes: [],
  checklists: [],
  victims: [],
  victimEntries: [],
}
