import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CaseInput, caseSchema } from '../../src/domain/case.ts'
import type { Problem, Result } from '../../src/domain/problem.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import { parsePolicy } from '../../src/rules/load.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import type { Group, Leaf, Operator, Rule } from '../../src/rules/schema.ts'
import type { SourceFile } from '../../src/rules/yaml-file.ts'
import { realRulesFolder, ruleSetOf } from './real-rules.ts'

/** A tiny folder of rules that is in order. */
export const smallRulesFolder = fileURLToPath(new URL('../small-rules', import.meta.url))

/** What some files of a rules folder hold. */
export function policyOf(files: readonly SourceFile[]): Policy {
  const { read, problems } = parsePolicy(files)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return read.policy
}

/** The small catalogues of test/small-rules, with the real questions, whose ids are fixed. */
const catalogues = policyOf(
  readFolder(smallRulesFolder)
    .files.filter((file) => !file.path.startsWith('rules/national/'))
    .map((file) =>
      file.path === 'rules/facts.yaml'
        ? { ...file, bytes: readFileSync(join(realRulesFolder, 'facts.yaml')) }
        : file,
    ),
)

/** A policy with a few rules of a test's own, and small catalogues. */
export const policyWith = (rules: readonly Rule[], changes: Partial<Policy> = {}): Policy => ({
  ...catalogues,
  rules,
  ...changes,
})

/** A rule that says only what a test is about; the rest is filled in. */
export function rule(id: string, parts: Pick<Rule, 'when' | 'then'> & Partial<Rule>): Rule {
  const layer = parts.layer ?? 'national'
  return {
    id,
    title: `The rule ${id}`,
    covers: [],
    authority: 'local-default',
    in_force: { from: '2013-04-08' },
    because: 'It is a rule for a test.',
    source: [{ ref: 'waymark-default', at: 'a test' }],
    examples: [],
    layer,
    file: `rules/${layer === 'national' ? layer : `partnerships/${layer}`}/${id}.yaml`,
    ...parts,
  }
}

/** A single test of a rule. */
export const leaf = (fact: string, operator: Operator, value: Leaf['value']): Leaf => ({
  fact,
  operator,
  value,
})

/** `when` with one test for an answer. */
export const is = (fact: string, value: string | number): Group => ({
  all: [leaf(fact, 'equal', value)],
})

/** For tests that are not about rules: a day on which no rule is in force has no answer. */
export const anyRule = rule('tests/any', {
  when: is('child.age_now', 15),
  then: [{ consider: { note: 'A note.' } }],
})

export const asAt = '2026-11-02'

/** Runs a case on a policy as people would hand it in. */
export function run(
  policy: Policy,
  given: CaseInput,
  day: string = asAt,
): Promise<Result<Recommendation>> {
  const read = caseSchema.parse(given)
  return recommend(ruleSetOf(policy, read.partnership), read, day, evaluateByReference)
}

/** The recommendation of a case that can be read, on a few rules. */
export async function recommended(
  rules: readonly Rule[] | Policy,
  given: CaseInput = {},
  day: string = asAt,
): Promise<Recommendation> {
  const result = await run('facts' in rules ? rules : policyWith(rules), given, day)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** The problems of a case that cannot be read. */
export async function refusedBecause(
  given: CaseInput,
  policy: Policy = policyWith([anyRule]),
): Promise<Problem[]> {
  const result = await run(policy, given)
  if (result.ok) throw new Error('The case was read, though it should have been refused.')
  return result.problems
}
