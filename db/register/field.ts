/**
 * The field register: what every column is for. A test holds it against the schema, so that no
 * column comes without an entry. docs/field-register.md is written from it.
 */

/** Under which law a field is processed; several where it hangs on the agency that does. */
export const regimes = {
  'law-enforcement': 'Data Protection Act 2018, Part 3',
  'uk-gdpr': 'UK General Data Protection Regulation',
  none: 'not about a person',
} as const
export type Regime = keyof typeof regimes

/** Who sees a field: a part or an action of `src/access`, or nobody but the service itself. */
export type Seen = `part:${string}` | `action:${string}` | 'service'

/** Whose key seals a field. */
export type SealedWith = 'child' | 'victim' | 'clinic' | 'child or victim'

export type Field = {
  purpose: string
  regime: readonly Regime[]
  seen: Seen
  sealed?: SealedWith
  /** How long Waymark itself keeps it, where that does not hang on a record. */
  kept?: string
}

/** One table. What holds for most of its columns is said once. */
export type RegisteredTable = {
  holds: string
  regime: readonly Regime[]
  seen: Seen
  kept?: string
  columns: Readonly<Record<string, string | (Partial<Field> & Pick<Field, 'purpose'>)>>
}
export type RegisterGroup = Readonly<Record<string, RegisteredTable>>

/** Police and partners process the same case under the law of each. */
export const ofTheCase: readonly Regime[] = ['law-enforcement', 'uk-gdpr']
/** About those who work with a case. */
export const ofStaff: readonly Regime[] = ['uk-gdpr']
export const ofNobody: readonly Regime[] = ['none']

/** What keeps a digest from being guessed. */
export const saltColumn = {
  salt: 'Chance, made anew with each change, so that what was cleared cannot be guessed from a digest',
}

/** A snapshot of a chart. */
export const snapshotColumns = {
  machine: 'Which chart',
  machine_version: 'Which version of the chart',
  state: 'Where in the chart it stands',
  context: 'What the chart remembers, in ids and codes',
}

/** The act that wrote a row which is never changed. */
export const actColumn = { act: 'The row of the access log that says who wrote it' }

/** What every entry of the record carries. */
export const entryColumns = (sealed: SealedWith, content: string, seen: Seen) => ({
  id: 'Its id, by which events and later entries name it',
  referral: 'The case',
  version: 'The version of the case that was made with it',
  place: 'Its place among what was written with it',
  ...actColumn,
  actor: {
    purpose: 'Who wrote it: id, role and agency',
    regime: ofStaff,
    seen: 'part:history' as const,
  },
  at: 'When it was written',
  sealed: { purpose: content, sealed, seen },
})
