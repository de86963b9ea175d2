import type { Reporter, TestModule } from 'vitest/node'

/** Says loudly which tests were skipped or are still to be written; where CI is set, that fails. */
export default class SaySkipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((one) => [...one.children.allTests('skipped')])
    if (skipped.length === 0) return
    const names = skipped.map(({ fullName, module }) => `  ${module.relativeModuleId}: ${fullName}`)
    process.stderr.write(`\nNOT RUN: ${skipped.length} tests were skipped.\n`)
    process.stderr.write(`${names.slice(0, 20).join('\n')}\n`)
    if (process.env.CI) process.exitCode = 1
  }
}
