import type { EventRow } from '../../src/casework/ports.ts'
import type { RowOf } from './tables.ts'

/** An event as it was recorded. */
export function toEvent(row: RowOf<'case_event'>): EventRow {
  const { seq, id, chart, delivery, type, at, body } = row
  return {
    seq,
    id,
    chart: chart as EventRow['chart'],
    delivery,
    event: JSON.parse(body),
    type: type as EventRow['type'],
    at,
  }
}
