import { z } from 'zod'
import { effectsOfOpening } from '../../machines/effects.ts'
import { open } from '../../machines/step.ts'
import { keep } from '../../machines/versions.ts'
import { actorFor } from '../access/caller.ts'
import { type Case, caseSchema } from '../domain/case.ts'
import { eventSchema } from '../domain/events.ts'
import { didYouMean, type Problem, pointer } from '../domain/problem.ts'
import { broughtAlong } from './answers/typed.ts'
import { type GivenAnswer, standingAfter, toEntries } from './answers.ts'
import { numbers } from './assemble.ts'
import { tell } from './carry-out.ts'
import {
  type Deps,
  notAllowed,
  type Outcome,
  type Repeatable,
  type Request,
  unusable,
} from './casework.ts'
import { type Act, type Acted, emptyDraft } from './draft.ts'
import { finish } from './finish.ts'
import type { CaseFile, CaseRow } from './ports.ts'
import { keepRules, runRules } from './run-rules.ts'

/** A referral as the police hand it in. */
export const referralSchema = caseSchema.omit({ asAt: true }).extend({
  partnership: z.string().max(80).describe('Whose case it is, by the id of a partnership'),
  area: z.string().min(1).max(80).optional().describe('The area of the partnership'),
  reference: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9/._-]{0,39}$/, {
      error: 'is not a reference: letters, digits and / . _ - alone, no spaces, at most 40',
    })
    .optional()
    .describe('The police’s own reference: letters, digits and / . _ -, no name'),
  child: z.strictObject({ name: z.string().trim().min(1).max(120) }).optional(),
})
export type ReferralInput = z.output<typeof referralSchema>

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
  const at = deps.now()
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
  const access = {
    actor,
    at,
    action: 'referral.open',
    requestId: request.requestId,
    purpose: request.purpose,
  }
  return finish(act, { effects, events, before: '' }, access, {
    identity,
    from: null,
    repeatable,
  })
}

/** Says which partnerships there are, and never what was written in the place of one. */
function noSuchPartnership(deps: Deps, written: string): Problem {
  const any = deps.ruleSet('national')
  const known = any.ok ? Object.keys(any.value.policy.partnerships).sort() : []
  return {
    message: `There is no such partnership that takes cases.${didYouMean(written, known)}`,
    mend: `Partnerships here are: ${known.join(', ')}.`,
    pointer: '/partnership',
  }
}

function misfits(input: ReferralInput, areas: readonly string[]): Problem[] {
  const problems: Problem[] = []
  if (input.area && !areas.includes(input.area))
    problems.push({
      message: 'That is not an area of this partnership.',
      mend: `Its areas are: ${areas.join(', ')}.`,
      pointer: '/area',
    })
  if (typeof input.facts['case.entry'] !== 'string')
    problems.push({
      message: 'The referral does not say how the case came.',
      mend: 'Give case.entry, for example voluntary-interview.',
      pointer: '/facts/case.entry',
    })
  return problems
}

/** What an event of ours shows cannot have happened yet, but for what was so when the case came. */
function notYetHappened(input: ReferralInput): Problem[] {
  const entry = input.facts['case.entry']
  const places = [
    { at: ['facts'], facts: input.facts },
    ...(input.offences ?? []).map((facts, i) => ({ at: ['offences', i], facts })),
    ...(input.victims ?? []).map(({ facts }, i) => ({ at: ['victims', i, 'facts'], facts })),
  ]
  return places.flatMap(({ at, facts }) =>
    Object.entries(facts).flatMap(([fact, answer]) => {
      const wrong = broughtAlong({ fact, answer }, entry)
      return wrong ? [{ ...wrong, pointer: pointer(...at, fact) }] : []
    }),
  )
}

/** What is said of a victim is kept with the victim, also where it was handed in with the rest. */
function withVictimsApart(input: ReferralInput): Case {
  const { area: _area, reference: _reference, child: _child, ...given } = input
  const theirs = Object.entries(given.facts).filter(([id]) => id.startsWith('victim.'))
  const nobody = theirs.every(([id, answer]) => id === 'victim.kind' && answer === 'none')
  if (theirs.length === 0 || nobody || given.victims) return given
  const rest = Object.entries(given.facts).filter(([id]) => !id.startsWith('victim.'))
  return {
    ...given,
    facts: Object.fromEntries(rest),
    victims: [{ facts: Object.fromEntries(theirs) }],
  }
}

/** Every answer of a case as it was handed in, and what it says is not known. */
function answersIn(given: Case): GivenAnswer[] {
  const of = (about: GivenAnswer['about'], facts: Case['facts']): GivenAnswer[] =>
    Object.entries(facts).map(([fact, answer]) => ({
      about,
      fact,
      answer,
      ...(answer === null ? { because: given.notKnown?.[fact] } : {}),
    }))
  const said = of({ what: 'referral' }, given.facts)
  const unsaid = Object.entries(given.notKnown ?? {})
    .filter(([fact]) => !Object.hasOwn(given.facts, fact))
    .map(
      ([fact, because]): GivenAnswer => ({
        about: { what: 'referral' },
        fact,
        answer: null,
        because,
      }),
    )
  return [
    ...said,
    ...unsaid,
    ...(given.offences ?? []).flatMap((one, i) => of({ what: 'offence', number: i + 1 }, one)),
    ...(given.victims ?? []).flatMap((one, i) => of({ what: 'victim', number: i + 1 }, one.facts)),
  ]
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
