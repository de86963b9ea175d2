import { randomUUID } from 'node:crypto'
import type { CaseRow, Change } from '../../src/casework/ports.ts'

/** Acts for the store alone, without rules and charts. Everybody here is made up. */

const by = {
  person: 'practitioner-1',
  role: 'youth-justice-practitioner',
  agency: 'youth-justice',
}
const actor = by as Change['access']['actor']
const start = Date.parse('2026-11-02T09:30:00.000Z')

/** Instants that go forward by a second each, so that lists have to be put in order again. */
export const clockFrom = (first = start) => {
  let seconds = 0
  return () => {
    seconds += 1
    return new Date(first + seconds * 1_000).toISOString()
  }
}

/** A case that is being delivered, as one row. */
export const deliveringRow = (at: string): CaseRow => ({
  id: randomUUID(),
  partnership: 'derby',
  area: null,
  child: randomUUID(),
  reference: null,
  snapshot: {
    machine: 'referral',
    version: 2,
    value: 'delivering',
    context: {
      offences: [1],
      holds: [],
      decision: { id: randomUUID(), offences: [1] },
    },
  },
  version: 1,
  openedAt: at,
  updatedAt: at,
  offences: 1,
  status: 'open',
  recommendation: randomUUID(),
  dueOn: '2026-12-20',
  clinic: null,
  barred: [],
  erasedAt: null,
})

const accessAt = (at: string): Change['access'] => ({
  actor,
  at,
  action: 'event:contact.made',
  requestId: randomUUID(),
})

export const opening = (row: CaseRow, at: string): Change => ({
  row,
  from: null,
  access: accessAt(at),
})

/** A contact that took place: an event, the delivery's chart, the case, the log and the message. */
export function contact(row: CaseRow, delivery: string, at: string): Change {
  const context = { conditions: [delivery], met: [], contacts: row.version }
  return {
    row: { ...row, version: row.version + 1, updatedAt: at },
    from: row.version,
    access: accessAt(at),
    events: [
      {
        id: randomUUID(),
        chart: 'delivery',
        delivery,
        event: { type: 'contact.made', by: actor, at },
      },
    ],
    deliveries: [
      {
        id: delivery,
        decision: delivery,
        snapshot: {
          machine: 'delivery',
          version: 1,
          value: 'inDelivery',
          context,
        },
      },
    ],
  }
}
