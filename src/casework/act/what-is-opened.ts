import type { Asked } from '../asked.ts'
import type { CaseFile, FilePart } from '../ports.ts'

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

/** What is opened of a case for an event. */
export const partsOf = (type: string) => (lightEvents.has(type) ? lightParts : actParts)

/** Events for which it matters who is at the clinic. */
const atTheClinic = [
  'clinic.opened',
  'clinic.decided',
  'clinic.adjourned',
  'clinic.disagreed',
  'escalation.resolved',
]

/** The clinic that an event is about, where it is about one. */
export function clinicOf({ type, clinicId }: Asked, { row }: CaseFile): string | null {
  if (type === 'case.listed') return String(clinicId)
  return atTheClinic.includes(type) ? row.clinic : null
}
