import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Which files each command runs; its mode is named in package.json. */
const modes = {
  /** npm test: everything, with a small part of what is long by nature. */
  test: ['test/**/*.test.ts'],
  /** npm run test:quick: without record and service, without whole walks and processes. */
  quick: [
    'test/{access,domain,machines,recommend,rules,scripts,web}/**/*.test.ts',
    'test/settings.test.ts',
    '!**/{build-policy,paths,same-bytes}.test.ts',
  ],
  /** npm run test:faults: in full, the files that do only a part of something in npm test. */
  // The contract of the stores is no test file itself; each store's is.
  faults: [...ofFilesWith('support/amount.ts'), 'test/db/store.test.ts'],
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
      // Files share what they import, which takes a third less time; none leaves anything behind that
      // another could meet. What runs in full has modules of its own for each file.
      isolate: mode === 'faults',
      testTimeout: patience,
      hookTimeout: patience,
    },
  }
})
