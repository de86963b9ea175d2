import type { ChartName } from '../charts.ts'
import { freshReferral } from '../referral/context.ts'
import type { StoredSnapshot } from './stored.ts'

/** One step from a version of a chart to the next. It is named, and never changed once released. */
export type Migration = {
  name: string
  from: number
  migrate: (stored: StoredSnapshot) => Pick<StoredSnapshot, 'value' | 'context'>
}

/**
 * Steps by chart, oldest first. A chart that changes what a stored snapshot may hold gets a new
 * version, a step here, and a recorded history in test/machines/histories.
 */
export const migrations: Readonly<Record<ChartName, readonly Migration[]>> = {
  referral: [
    {
      name: 'three-states-to-the-whole-lifecycle',
      from: 1,
      // Version 1 had no hold, no decision and no context: nothing can have happened yet.
      migrate: ({ value }) => ({ value, context: { ...freshReferral } }),
    },
  ],
  delivery: [],
  policy: [],
}
