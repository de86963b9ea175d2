import type { Attendance } from './record.ts'
import type { Access, Scope } from './shared.ts'

export type ClinicRow = {
  id: string
  partnership: string
  area: string | null
  heldOn: string
  state: 'planned' | 'open' | 'closed'
  version: number
}
export type ClinicItem = {
  clinic: string
  case: string
  state: 'listed' | 'in-clinic' | 'decided' | 'adjourned' | 'sent-back' | 'escalated' | 'taken-off'
}
/** Somebody who takes no part in one case, and leaves it unread, because of a conflict of interest. */
export type Conflict = { case: string; person: string; at: string }
export type ClinicFile = {
  row: ClinicRow
  attendance: readonly Attendance[]
  conflicts: readonly Conflict[]
  items: readonly ClinicItem[]
  minutes: string | null
}

/** What is kept of clinics. */
export type ClinicStore = {
  planClinic(row: ClinicRow, access: Access): Promise<void>
  /** The row alone, unlogged: enough to say whose clinic it is. */
  whereIsClinic(id: string): Promise<ClinicRow | undefined>
  clinic(id: string, access: Access): Promise<ClinicFile | undefined>
  clinics(query: { scopes: readonly Scope[]; from?: string; limit: number }): Promise<ClinicRow[]>
  /** Replaces attendance, conflicts or minutes; `stale` where the version is another. */
  saveClinic(
    file: Pick<ClinicFile, 'row'> & Partial<ClinicFile>,
    from: number,
    access: Access,
  ): Promise<'done' | 'stale'>
}
