/** The life of a partnership's rules: loaded, proposed, approved, in force, followed by others. */
export { loadRuleSet } from './rule-sets/begin.ts'
export { changeRuleSet } from './rule-sets/change.ts'
export { type RuleSetAsked, ruleSetEventSchema } from './rule-sets/events.ts'
export { useRuleSetInForce } from './rule-sets/in-force.ts'
export {
  compareWithInForce,
  type RuleSetChanges,
  type RuleSetVersion,
  type RuleSetVersions,
  viewRuleSets,
} from './rule-sets/view.ts'
