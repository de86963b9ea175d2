import { allowed } from '../../../machines/step.ts'
import { restore } from '../../../machines/versions.ts'
import { inWords } from '../../domain/plain-date.ts'
import type { Block } from '../../domain/refusal.ts'
import type { Actor } from '../../domain/roles.ts'
import type { Asked } from '../asked.ts'
import { done, type Outcome } from '../casework.ts'
import type { Act } from '../draft.ts'
import type { Attendance, DecisionEntry } from '../ports.ts'
import { mayAsk } from '../step-charts.ts'

/** Where a case stands when each of these is recorded. Elsewhere the chart itself says why not. */
const recordedIn: Readonly<Record<string, string>> = {
  'clinic.opened': 'listed',
  'clinic.decided': 'inClinic',
  'clinic.adjourned': 'inClinic',
  'clinic.disagreed': 'inClinic',
  'decision.confirmed': 'decided',
}

/** How a case goes on where the clinic at which it stands is over. */
const instead: Readonly<Record<string, string>> = {
  'clinic.opened': 'Postpone the case ("case.postponed") and list it for a later clinic.',
  'clinic.decided': 'Adjourn the case ("clinic.adjourned") and list it for a later clinic.',
  'clinic.disagreed': 'Adjourn the case ("clinic.adjourned") and list it for a later clinic.',
}

/**
 * Whether what a clinic does is recorded while it sits, by somebody who sits in it; and whether a
 * decision of a clinic is confirmed by somebody who was there. What the ladder settled is confirmed
 * by those who answer for it, at the clinic or not.
 * @returns a refusal that says how to go on
 */
export function sitting(act: Act, { type }: Asked): Outcome<null> {
  if (recordedIn[type] !== act.file.row.snapshot.value) return done(null)
  const blockedBy = type === 'decision.confirmed' ? confirming(act) : atTheClinic(act, type)
  if (blockedBy.length === 0) return done(null)
  const why = blockedBy.map(({ says }) => says).join(' ')
  const refusal = {
    kind: 'refusal',
    asked: type,
    why,
    allowed: others(act, type),
    blockedBy,
  } as const
  return { ok: false, why: 'refused', refusal }
}

/** What they can record now, but for what was asked. */
function others({ file, actor }: Act, type: string): string[] {
  const restored = restore('referral', file.row.snapshot)
  const now = restored.ok ? allowed('referral', restored.value.snapshot) : []
  return now.filter((one) => one !== type && mayAsk(actor, one))
}

function atTheClinic({ clinic, actor, file }: Act, type: string): Block[] {
  if (!clinic) return []
  const { state, heldOn } = clinic.row
  // Whoever is left puts back a case that a closed clinic still has before it.
  if (state === 'closed')
    return type in instead ? [block('clinicSits', `The clinic is over. ${instead[type]}`)] : []
  const present = isThere(actor, takingPart(clinic.attendance, file.row.barred).present)
  return [
    ...(state === 'planned'
      ? [block('clinicSits', `Open the clinic first, on ${inWords(heldOn)} or later.`)]
      : []),
    ...(present ? [] : [notThere]),
  ]
}

function confirming({ file, actor }: Act): Block[] {
  const { decision } = file.row.snapshot.context as { decision?: { id: string } | null }
  const made = file.decisions.find(({ id }) => id === decision?.id)
  if (made && (made.settled === 'on-the-ladder' || isThere(actor, made.attendance))) return []
  return [
    block(
      'wasAtTheClinic',
      'You were not at the clinic that decided this, in the role in which you confirm. Somebody who was there confirms it; where nobody can, record "decision.returned" and let a clinic decide again.',
    ),
  ]
}

const block = (id: string, says: string): Block => ({ what: 'condition', id, says })
const notThere = block(
  'sitsInTheClinic',
  'You are not on the list of those who are at this clinic, in the role in which you record this. Somebody who is there records it, or the list is put right first.',
)

const isThere = ({ person, role }: Actor, attendance: readonly Attendance[]): boolean =>
  attendance.some((one) => one.person === person && one.role === role)

/** Those who are there, apart from those who withdraw from one case for a conflict of interest. */
export const takingPart = (attendance: readonly Attendance[], barred: readonly string[]) => ({
  present: attendance.filter(({ person }) => !barred.includes(person)),
  withdrew: attendance.filter(({ person }) => barred.includes(person)),
})

/** Who decided and who withdrew, as a decision keeps it, and whether the clinic agreed. */
export function whoDecided({
  clinic,
  file,
}: Act): Pick<DecisionEntry, 'attendance' | 'withdrew' | 'settled'> {
  // What the ladder settles was not decided by those who differed at the clinic.
  if (file.row.snapshot.value === 'escalated')
    return { attendance: [], withdrew: [], settled: 'on-the-ladder' }
  const { present, withdrew } = takingPart(clinic?.attendance ?? [], file.row.barred)
  return { attendance: present, withdrew, settled: 'at-the-clinic' }
}
