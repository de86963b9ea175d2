import { z } from 'zod'
import type { Disposal } from './lists.ts'

/**
 * The Home Office outcome codes that a case about a child can end with (law.md 1.1). Which
 * disposal takes which code, and from which day, stands in `rules/disposals.yaml`.
 */
export const outcomeCodes = [1, 2, 5, 8, 9, 10, 11, 12, 13, 15, 16, 17, 20, 21, 22, 23] as const
export const outcomeCodeSchema = z.literal(outcomeCodes)

/**
 * The codes that say a disposal was given, with the disposals that take them (Home Office counting
 * rules; the dated list stands in `rules/disposals.yaml`, and a test holds the two to each other).
 */
export const disposalsOfCode: Readonly<Partial<Record<number, readonly Disposal[]>>> = {
  2: ['youth-caution', 'youth-conditional-caution'],
  8: ['community-resolution'],
  22: ['diversionary-activity'],
  23: ['deferred-prosecution'],
}
