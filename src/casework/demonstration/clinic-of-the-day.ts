import { demonstrationPeople } from '../../access/demonstration.ts'
import { type Deps, done, type Request } from '../casework.ts'
import { openClinic, planClinic, setAttendance } from '../clinics.ts'

/** The partnerships of the demonstration, by the number that its people carry. */
export const places = ['derby', 'west-mercia'] as const

/** Somebody of the demonstration, in the partnership of that number. */
export const as = (who: string, place: number): Request => {
  const caller = demonstrationPeople.find(({ person }) => person === `${who}-${place}`)
  if (!caller) throw new Error(`Nobody of the demonstration is called ${who}-${place}.`)
  return { caller, requestId: `demonstration-${place}` }
}

/** The clinic of a partnership, of today and open, with enough people for any case. */
export async function clinicOf(deps: Deps, place: number): Promise<string | undefined> {
  const partnership = places[place - 1] ?? 'derby'
  const heldOn = deps.today()
  const clinics = await deps.store.clinics({ scopes: [{ partnership }], from: heldOn, limit: 100 })
  const before = clinics.find((one) => one.heldOn === heldOn && one.state !== 'closed')
  const planned = before
    ? done(before)
    : await planClinic(deps, as('team-leader', place), { partnership, heldOn })
  if (!planned.ok) return undefined
  const { id, state, version } = planned.value
  if (state === 'open') return id
  const chair = as('chair', place)
  const seated = await setAttendance(deps, chair, id, version, everybody(place))
  if (!seated.ok) return undefined
  const opened = await openClinic(deps, chair, id, seated.value.version)
  return opened.ok ? id : undefined
}

const sitters = ['chair', 'inspector', 'team-leader', 'social-care', 'health', 'education'] as const

const everybody = (place: number) =>
  sitters.flatMap((who) =>
    as(who, place).caller.grants.map(({ role, agency }) => ({
      person: `${who}-${place}`,
      role: role as never,
      agency,
      way: 'in-person' as const,
    })),
  )
