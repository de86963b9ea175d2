import { z } from 'zod'

/**
 * The Home Office outcome codes that a case about a child can end with (law.md 1.1). Which
 * disposal takes which code, and from which day, stands in `rules/disposals.yaml`.
 */
export const outcomeCodes = [1, 2, 5, 8, 9, 10, 11, 12, 13, 15, 16, 17, 20, 21, 22, 23] as const
export const outcomeCodeSchema = z.literal(outcomeCodes)
