import { z } from 'zod'
import { chartNames } from '../charts.ts'

/** A snapshot as it is stored: the chart and its version beside it, a state, a context. */
export const storedSnapshotSchema = z.strictObject({
  machine: z.enum(chartNames),
  version: z.int().positive(),
  value: z.string().max(40),
  context: z.record(z.string(), z.unknown()),
})
export type StoredSnapshot = z.infer<typeof storedSnapshotSchema>
