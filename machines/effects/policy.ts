import type { z } from 'zod'
import type { PolicyEvent } from '../../src/domain/events.ts'
import type { policyContextSchema } from '../policy.machine.ts'
import { type EffectTable, task, tell } from './saying.ts'

/** What each event of a rule set's life asks of casework. */
export const policyEffects: EffectTable<PolicyEvent, z.infer<typeof policyContextSchema>> = {
  'ruleSet.loaded': [],
  'ruleSet.proposed': [task('compare-with-the-set-before', 'partnership')],
  'ruleSet.approved': [task('bring-into-force', 'partnership')],
  'ruleSet.cameIntoForce': [tell('rule-set-in-force', 'partnership')],
  'ruleSet.shipped': [tell('rule-set-in-force', 'partnership')],
  'ruleSet.superseded': [],
  'ruleSet.withdrawn': [tell('rule-set-withdrawn', 'partnership')],
}
