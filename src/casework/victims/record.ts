import { eventSchema } from '../../domain/events.ts'
import type { Agency } from '../../domain/lists.ts'
import type { Problem } from '../../domain/problem.ts'
import { actParts } from '../act/what-is-opened.ts'
import { type GivenAnswer, standingAfter, toEntries } from '../answers.ts'
import { beginAct, completeAct } from '../begin-act.ts'
import { tell } from '../carry-out.ts'
import {
  absent,
  type Deps,
  type Outcome,
  type Repeatable,
  type Request,
  unusable,
} from '../casework.ts'
import type { Act, Acted, Ready } from '../draft.ts'
import type { AnswerEntry, CaseFile } from '../ports.ts'
import { reach } from '../reach.ts'
import type { VictimInput } from './input.ts'
import { type About, misfits } from './misfits.ts'
import { shows } from './shows.ts'

/**
 * Records something about a victim, apart from the child's record: an entry beside the facts, and
 * the facts that it shows, in one transaction with the rules run again. `new` adds a victim. What a
 * victim asks for is passed on as a notice, without words.
 * @param version the version of the case that the caller saw
 */
export async function recordVictim(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  which: number | 'new',
  input: VictimInput,
  repeatable?: Repeatable,
): Promise<Outcome<Acted & { victim: number }>> {
  const reached = await reach(deps, request.caller, id, 'victim.record')
  if (!reached.ok) return reached
  const begun = await beginAct(deps, request, reached.value, version, 'victim.record', actParts)
  if (!begun.ok) return begun
  const { act } = begun.value
  const about = victimIn(act.file, which)
  if (!about) return absent
  const known = Object.keys(act.ruleSet.policy.facts)
  const wrong = misfits(input, about, act.file, known, deps.today())
  if (wrong.length > 0) return unusable(...wrong)
  const outcome = await completeAct(begun.value, write(act, about, input), repeatable)
  if (outcome.ok) return { ok: true, value: { ...outcome.value, victim: about.number } }
  if (outcome.why !== 'unusable') return outcome
  return unusable(...outcome.problems.map((problem) => inTheBody(problem, input)))
}

/** The victim of that number with the answers that stand, or the next number. */
function victimIn(
  { victims, answers, victimEntries }: CaseFile,
  which: number | 'new',
): About | undefined {
  const fresh = which === 'new'
  const number = fresh ? Math.max(0, ...victims.map((one) => one.number)) + 1 : which
  if (!fresh && !victims.some((one) => one.number === number)) return undefined
  const mine = ({ about }: AnswerEntry) => about.what === 'victim' && about.number === number
  const entries = victimEntries.filter((one) => one.number === number)
  return { number, fresh, answers: answers.filter(mine), entries }
}

/** Puts the victim, the entry, its facts and its notice into the draft; gives the events. */
function write(act: Act, about: About, { offences, facts, entry }: VictimInput): Ready {
  const { draft, deps, actor: by, at, ruleSet } = act
  const { number } = about
  if (about.fresh) draft.victims.push({ number, offences: offences ?? null })
  if (entry) {
    const { kind, ...content } = entry
    draft.victimEntries.push({ id: deps.newId(), by, at, number, kind, content })
    if (kind === 'request')
      tell(act, { notice: 'victim-asked', to: ['youth-justice'], victim: number })
  }
  const told = [...facts, ...(entry ? shows(entry, about) : [])]
  const given = told.map((one) => ({ ...one, about: { what: 'victim' as const, number } }))
  const fresh = toEntries([...given, ...(about.fresh ? counted(act) : [])], act.answers, {
    by,
    at,
    newId: deps.newId,
    facts: ruleSet.policy.facts,
  })
  draft.answers.push(...fresh)
  act.answers = standingAfter(act.answers, fresh)
  return events(act, about.fresh ? ['case.number_of_victims'] : [])
}

/** What was said of the case before it had this victim and cannot stand beside one. */
function counted({ answers, file }: Act): GivenAnswer[] {
  const about = { what: 'referral' as const }
  const stands = (fact: string) =>
    answers.find((one) => one.fact === fact && one.about.what === 'referral')?.answer
  const most = file.victims.length + 1
  return [
    ...(typeof stands('case.number_of_victims') === 'number'
      ? [{ about, fact: 'case.number_of_victims', answer: most }]
      : []),
    ...(stands('victim.kind') === 'none'
      ? [{ about, fact: 'victim.kind', answer: null, because: 'A victim was added since.' }]
      : []),
  ]
}

/** One event for each agency that supplied answers; what changes no fact is no event of the case. */
function events({ draft, actor: by, at, deps }: Act, also: readonly string[]): Ready {
  const facts = new Map<Agency, Set<string>>(also.length > 0 ? [[by.agency, new Set(also)]] : [])
  for (const { suppliedBy, fact } of draft.answers)
    facts.set(suppliedBy, (facts.get(suppliedBy) ?? new Set()).add(fact))
  return [...facts].map(([suppliedBy, all]) => ({
    id: deps.newId(),
    event: eventSchema.parse({ type: 'facts.recorded', by, at, facts: [...all], suppliedBy }),
  }))
}

/** A problem that the rules found, with the place in what was sent where there is one. */
function inTheBody({ pointer: at = '', ...rest }: Problem, { facts }: VictimInput): Problem {
  const i = facts.findIndex(({ fact }) => at.endsWith(`/facts/${fact}`))
  return i < 0 ? rest : { ...rest, pointer: `/facts/${i}/answer` }
}
