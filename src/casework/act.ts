import { actorFor } from '../access/caller.ts'
import { type Action, closedOnly } from '../access/policy.ts'
import { gateStages } from '../domain/events/parts.ts'
import { lookUp } from '../domain/fact.ts'
import type { Actor } from '../domain/roles.ts'
import { standingAfter, toEntries } from './answers.ts'
import type { Asked, Decided } from './asked.ts'
import { isDeliveryType } from './asked.ts'
import { numbers } from './assemble.ts'
import { carryOut } from './carry-out.ts'
import {
  absent,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Repeatable,
  type Request,
  stale,
  unusable,
} from './casework.ts'
import { sitting } from './clinics/sitting.ts'
import { complete } from './complete.ts'
import { type Act, type Acted, emptyDraft } from './draft.ts'
import { finish } from './finish.ts'
import { mirrored } from './mirrors.ts'
import type { Access, CaseFile, FilePart } from './ports.ts'
import { keepRules, runRules } from './run-rules.ts'
import { outOfPlace, stepAll } from './step-charts.ts'
import { isRipe, sweeper } from './sweep/due-items.ts'
import { erased } from './view.ts'

/** What an act needs to see of a case. */
export const actParts: readonly FilePart[] = [
  'answers',
  'victims',
  'recommendation',
  'departures',
  'decisions',
  'deliveries',
  'tasks',
  'clocks',
]

/**
 * Events that no gate guards, that show no fact and run no rules: the everyday ones of a delivery,
 * and confirmations. For them neither the answers nor the recommendation is opened. A test holds
 * that the charts ask nothing of them that would need either.
 */
export const lightEvents: ReadonlySet<string> = new Set([
  'contact.made',
  'contact.missed',
  'condition.met',
  'conditions.varied',
  'delivery.started',
  'decision.confirmed',
  'decision.ratified',
  'scrutiny.sampled',
])
const lightParts: readonly FilePart[] = ['decisions', 'deliveries', 'tasks', 'clocks']

const partsOf = (type: string) => (lightEvents.has(type) ? lightParts : actParts)

/** Events for which it matters who is at the clinic. */
const atTheClinic = [
  'clinic.opened',
  'clinic.decided',
  'clinic.adjourned',
  'clinic.disagreed',
  'escalation.resolved',
]

function clinicOf({ type, clinicId }: Asked, { row }: CaseFile): string | null {
  if (type === 'case.listed') return String(clinicId)
  return atTheClinic.includes(type) ? row.clinic : null
}

/**
 * One thing that happened, as somebody asks for it to be recorded. Works out what the event shows,
 * runs the rules where the gate or the record needs it, steps the chart, carries out what it asks
 * for and writes all of it in one transaction; or says why not, and writes nothing.
 * @param version the version of the case that the caller saw
 */
export async function act(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  asked: Asked,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const row = await deps.store.whereIs(id)
  if (!row || row.barred.includes(request.caller.person)) return absent
  const where = { partnership: row.partnership, ...(row.area ? { area: row.area } : {}) }
  if (!actorFor(request.caller, 'case.read', where)) return absent
  const actor = actorFor(request.caller, `event:${asked.type}` as Action, where)
  if (!actor) return notAllowed(`Your role may not record "${asked.type}".`)
  if (closedOnly(actor.role) && row.snapshot.value !== 'closed') return absent
  const gone = erased(row)
  if (gone) return gone
  if (row.version !== version) return stale
  return actAs(deps, actor, request, id, version, asked, repeatable)
}

/** The same for an actor who is known already: a person above, or the sweeper. */
export async function actAs(
  deps: Deps,
  actor: Actor,
  { requestId, purpose }: Pick<Request, 'requestId' | 'purpose'>,
  id: string,
  version: number,
  asked: Asked,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const at = deps.now()
  const access = { actor, at, action: `event:${asked.type}`, requestId, purpose }
  const outcome = await acted(deps, actor, access, id, version, asked, repeatable)
  // The commit logs what was done. Where there was none, that it was tried is logged here.
  if (!outcome.ok) await deps.store.read(id, [], access)
  return outcome
}

async function acted(
  deps: Deps,
  actor: Actor,
  access: Access,
  id: string,
  version: number,
  asked: Asked,
  repeatable: Repeatable | undefined,
): Promise<Outcome<Acted>> {
  const { at } = access
  const file = await deps.store.open(id, partsOf(asked.type))
  if (!file) return absent
  if (file.row.version !== version) return stale
  if (birthdayCame(file, asked, deps.today())) return recordBirthday(deps, access, file)
  const begun = await begin(deps, file, actor, at, access, asked)
  if (!begun.ok) return begun
  const one = begun.value
  const refused = outOfPlace(one, asked.type)
  if (refused) return refused
  const sits = sitting(one, asked)
  if (!sits.ok) return sits
  const ready = complete(one, asked)
  if (!ready.ok) return unusable(...ready.problems)
  const stepped = stepAll(one, ready.value)
  if (!stepped.ok) return stepped
  carryOut(one, stepped.value)
  return finish(one, stepped.value, access, { repeatable })
}

/** Whether the child is eighteen today and the sweeper has not been round yet. */
const birthdayCame = ({ clocks, row }: CaseFile, { type }: Asked, today: string): boolean =>
  type !== 'child.turnedEighteen' &&
  row.snapshot.value !== 'closed' &&
  !(row.snapshot.context as { turnedEighteen?: boolean }).turnedEighteen &&
  clocks.some((clock) => clock.what === 'eighteenth-birthday' && isRipe(clock, today))

/**
 * Nothing is done to a case on the strength of an age that is past: the birthday is recorded first,
 * and whoever asked is told that the case has changed.
 */
async function recordBirthday(
  deps: Deps,
  access: Access,
  { row }: CaseFile,
): Promise<Outcome<Acted>> {
  const born = { ...access, actor: sweeper, action: 'case.sweep' }
  const asked = { type: 'child.turnedEighteen' }
  const came = await acted(deps, sweeper, born, row.id, row.version, asked, undefined)
  return came.ok ? stale : came
}

/** Gathers all that the event needs: the clinic, the facts that it shows, the recommendation. */
async function begin(
  deps: Deps,
  file: CaseFile,
  actor: Actor,
  at: string,
  access: Parameters<Deps['store']['clinic']>[1],
  asked: Asked,
): Promise<Outcome<Act>> {
  const clinicId = clinicOf(asked, file)
  const place = clinicId ? await deps.store.whereIsClinic(clinicId) : undefined
  const ours = place?.partnership === file.row.partnership
  const clinic = clinicId && ours ? await deps.store.clinic(clinicId, access) : undefined
  const set = deps.ruleSet(file.row.partnership)
  if (!set.ok) return unusable(...set.problems)
  const context = file.row.snapshot.context as { unanswered?: string[] }
  const barred = new Set(file.row.barred)
  const given = mirrored({
    asked,
    today: deps.today(),
    offences: numbers(file.row.offences),
    answers: file.answers,
    present: (clinic?.attendance ?? [])
      .filter(({ person }) => !barred.has(person))
      .map(({ agency }) => agency),
    othersWait: (context.unanswered ?? []).length > 1,
    decided: (asked.decision ?? (asked.answer as { decision?: Decided })?.decision) as
      | Decided
      | undefined,
  }).filter(({ fact }) => lookUp(set.value.policy.facts, fact))
  const fresh = toEntries(given, file.answers, {
    by: actor,
    at,
    newId: deps.newId,
    facts: set.value.policy.facts,
  })
  const answers = standingAfter(file.answers, fresh)
  const draft = { ...emptyDraft(), answers: fresh }
  const latest = file.recommendation
  const light = lightEvents.has(asked.type)
  const needed = !light && (fresh.length > 0 || asked.type in gateStages || latest === null)
  const run = needed
    ? await runRules(deps, { row: file.row, victims: file.victims, answers, latest, by: actor, at })
    : undefined
  if (run && !run.ok) return unusable(...run.problems)
  if (run?.value.fresh) {
    await keepRules(deps, run.value.ruleSet, at)
    draft.recommendations.push(run.value.entry)
  }
  const recommendation = run?.value.entry ?? latest ?? undefined
  if (!recommendation && !light) return unusable({ message: 'The case has no recommendation.' })
  const delivery = isDeliveryType(asked.type) ? file.deliveries.at(-1) : undefined
  return done({
    deps,
    file,
    actor,
    at,
    draft,
    answers,
    recommendation,
    ruleSet: set.value,
    clinic,
    delivery,
  })
}
