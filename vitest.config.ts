import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** All tests but those of `npm test` alone; each mode is a command of package.json. */
const modes = {
  /** npm test: everything, with a small part of what is long by nature. */
  test: ['test/**/*.test.ts'],
  /** npm run test:quick: rules, machines, recommendations and access, without record and service. */
  quick: ['test/{domain,rules,recommend,machines,access,web}/**/*.test.ts', 'test/*.test.ts'],
  /** npm run test:faults: in full, the files that do only a part of something in npm test. */
  faults: ofFilesWith('support/amount.ts'),
}

function ofFilesWith(text: string): string[] {
  return (readdirSync('test', { recursive: true }) as string[])
    .map((name) => `test/${name}`)
    .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes(text))
}

export default defineConfig(({ mode }) => {
  // What runs in full is bounded by counts; the time-out is there to tell of a test that hangs.
  const patience = mode === 'faults' ? 1_200_000 : 20_000
  return {
    test: {
      include: modes[mode as keyof typeof modes],
      globalSetup: ['test/support/build-once.ts'],
      reporters: ['default', './test/support/say-skipped.ts'],
      env: { AMOUNT: mode === 'faults' ? 'all' : 'few' },
      maxWorkers: '100%',
      testTimeout: patience,
      hookTimeout: patience,
    },
  }
})
