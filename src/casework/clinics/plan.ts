import { z } from 'zod'
import { actorFor, scopesFor, type Where } from '../../access/caller.ts'
import { slugSchema } from '../../domain/events/parts.ts'
import { plainDateSchema } from '../../domain/plain-date.ts'
import type { Problem } from '../../domain/problem.ts'
import {
  accessFor,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Request,
  unusable,
} from '../casework.ts'
import type { ClinicRow } from '../ports.ts'

export const clinicPlanSchema = z.strictObject({
  partnership: slugSchema,
  area: z.string().min(1).max(80).optional().describe('Where the clinic is of one area alone'),
  heldOn: plainDateSchema.describe('The day on which it meets'),
  another: z.literal(true).optional().describe('Where a second one is meant on the same day'),
})
export type ClinicPlan = z.output<typeof clinicPlanSchema>

export const clinicsQuerySchema = z.strictObject({
  from: plainDateSchema.optional().describe('From this day on; the latest first when left out'),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(25),
})
export type ClinicsQuery = z.output<typeof clinicsQuerySchema>

/** Calls a clinic. Nobody is there and nothing is on its agenda yet. */
export async function planClinic(
  deps: Deps,
  request: Request,
  { partnership, area, heldOn, another }: ClinicPlan,
): Promise<Outcome<ClinicRow>> {
  const where = { partnership, ...(area ? { area } : {}) }
  const actor = actorFor(request.caller, 'clinic.plan', where)
  if (!actor) return notAllowed('Your role may not call a clinic there.')
  const wrong = misfits(deps, { partnership, area, heldOn })
  if (wrong.length > 0) return unusable(...wrong)
  if (!another && (await isThere(deps, where, heldOn)))
    return { ok: false, why: 'taken', says: alreadyCalled }
  const row: ClinicRow = {
    id: deps.newId(),
    partnership,
    area: area ?? null,
    heldOn,
    state: 'planned',
    version: 1,
  }
  await deps.store.planClinic(row, accessFor(deps, request, actor, 'clinic.plan'))
  return done(row)
}

const alreadyCalled =
  'A clinic is called for that day already. Say "another": true where a second one is meant.'

/** A request that is sent again must not call a second clinic. */
async function isThere(deps: Deps, where: Where, heldOn: string): Promise<boolean> {
  const clinics = await deps.store.clinics({ scopes: [where], from: heldOn, limit: 100 })
  return clinics.some(
    (one) => one.heldOn === heldOn && one.state !== 'closed' && one.area === (where.area ?? null),
  )
}

function misfits(
  deps: Deps,
  { partnership, area, heldOn }: Omit<ClinicPlan, 'another'>,
): Problem[] {
  const set = deps.ruleSet(partnership)
  if (!set.ok) return set.problems
  const problems: Problem[] = []
  const areas = set.value.policy.partnerships[partnership]?.areas ?? []
  if (area && !areas.includes(area))
    problems.push({
      message: 'That is not an area of this partnership.',
      mend: `Its areas are: ${areas.join(', ')}.`,
      pointer: '/area',
    })
  if (heldOn < deps.today())
    problems.push({
      message: `A clinic cannot be called for ${heldOn}: that day is over.`,
      mend: 'Give today or a later day.',
      pointer: '/heldOn',
    })
  return problems
}

/** The clinics where a caller takes part: from a day on in order, or else the latest first. */
export async function listClinics(
  deps: Deps,
  { caller }: Request,
  { from, limit }: ClinicsQuery,
): Promise<Outcome<{ clinics: readonly ClinicRow[] }>> {
  const scopes = scopesFor(caller, 'clinic.read')
  if (scopes.length === 0) return notAllowed('Your role may not list clinics.')
  const clinics = await deps.store.clinics({ scopes, limit, ...(from ? { from } : {}) })
  return done({ clinics })
}
