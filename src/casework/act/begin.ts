import { gateStages } from '../../domain/events/parts.ts'
import type { Actor } from '../../domain/roles.ts'
import { asKnown } from '../answers/in-use.ts'
import { standingAfter, toEntries } from '../answers.ts'
import { type Asked, type Decided, isDeliveryType } from '../asked.ts'
import { numbers } from '../assemble.ts'
import { type Deps, done, type Outcome, unusable } from '../casework.ts'
import { type Act, emptyDraft } from '../draft.ts'
import { mirrored } from '../mirrors.ts'
import type { CaseFile } from '../ports.ts'
import { keepRules, runRules } from '../run-rules.ts'
import { clinicOf, lightEvents } from './what-is-opened.ts'

/** Gathers all that the event needs: the clinic, the facts that it shows, the recommendation. */
export async function begin(
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
  }).flatMap((one) => asKnown(set.value.policy, one))
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
