import { loadPolicy } from '../rules/check.ts'
import { confirmationOf } from '../rules/citation.ts'
import { evaluateByReference } from '../rules/evaluate.ts'
import { runExamples } from '../rules/run-examples.ts'
import { type Console, type ExitCode, printProblems } from './output.ts'

/** `waymark rules check`: every file of the folder. */
export function rulesCheck(
  console: Console,
  options: { rules: string; json: boolean; release: boolean },
): ExitCode {
  const loaded = loadPolicy(options.rules)
  if (!loaded.ok) return printProblems(console, loaded.problems, options.json)
  const policy = loaded.value
  const weak = policy.rules.filter((rule) => confirmationOf(policy, rule) !== 'read')
  const open = policy.rules.flatMap((rule) =>
    (rule.doubts ?? []).map((doubt) => ({ rule: rule.id, ...doubt })),
  )
  const examples = policy.rules.reduce((sum, rule) => sum + rule.examples.length, 0)
  const summary = {
    ok: true,
    rules: policy.rules.length,
    examples,
    facts: Object.keys(policy.facts).length,
    sources: Object.keys(policy.sources).length,
    partnerships: Object.keys(policy.partnerships),
    checkBeforeUse: weak.length,
    doubts: open.length,
    ...(options.release
      ? {
          toConfirm: weak.map((rule) => ({
            rule: rule.id,
            layer: rule.layer,
            confirmed: confirmationOf(policy, rule),
          })),
          openDoubts: open,
        }
      : {}),
  }
  if (options.json) console.out(JSON.stringify(summary, null, 2))
  else {
    console.out(
      `${summary.rules} rules and ${examples} examples in ${options.rules}: every file is fine.`,
    )
    if (options.release) {
      console.out(`\nTo confirm before use (${weak.length}):`)
      for (const one of summary.toConfirm ?? [])
        console.out(`  ${one.rule} (${one.layer}): ${one.confirmed}`)
      console.out(`\nOpen doubts (${open.length}):`)
      for (const doubt of open) console.out(`  ${doubt.rule}: ${doubt.question} [${doubt.owner}]`)
    } else
      console.out(
        `${weak.length} rules rest on less than a full reading and show "check before use". List them with --release.`,
      )
  }
  return 0
}

/** `waymark rules test`: every example of every rule. */
export async function rulesTest(
  console: Console,
  options: { rules: string; json: boolean },
): Promise<ExitCode> {
  const loaded = loadPolicy(options.rules)
  if (!loaded.ok) return printProblems(console, loaded.problems, options.json)
  const runs = await runExamples(loaded.value, evaluateByReference)
  const failed = runs.filter(({ passed }) => !passed)
  if (options.json)
    console.out(
      JSON.stringify(
        {
          ok: failed.length === 0,
          examples: runs.length,
          failed: failed.map(({ rule, example, said }) => ({
            file: rule.file,
            example: example.name,
            said,
          })),
        },
        null,
        2,
      ),
    )
  else {
    for (const { rule, example, said } of failed)
      console.error(`${rule.file}\n  Example "${example.name}": ${said}\n`)
    console.out(
      failed.length === 0
        ? `${runs.length} examples of ${loaded.value.rules.length} rules: all as expected.`
        : `${failed.length} of ${runs.length} examples are not as expected.`,
    )
  }
  return failed.length === 0 ? 0 : 1
}
