import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemText } from '../../src/cli/output.ts'
import type { Problem, Result } from '../../src/domain/problem.ts'
import { checkFiles, loadPolicy } from '../../src/rules/check.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import { readRule } from '../../src/rules/read-rule.ts'
import { composeRuleSet } from '../../src/rules/rule-set.ts'
import type { RuleFile } from '../../src/rules/schema.ts'
import { readYaml, type SourceFile } from '../../src/rules/yaml-file.ts'
import { effortOf, usualEffortOf } from '../support/effort.ts'
import { realRulesFolder } from '../support/real-rules.ts'
import { mistakes, smallRules, withFolder } from './bad-rules.ts'

const { files } = readFolder(smallRules)
const oneRule = 'rules/national/exclusions/under-ten.yaml'

const bytesOf = (path: string): Uint8Array =>
  files.find((file) => file.path === path)?.bytes ?? new Uint8Array()

const textOf = (path: string): string => Buffer.from(bytesOf(path)).toString()

/** One rule file as it reads by itself. */
function readAlone(bytes: Uint8Array): Result<RuleFile> {
  const yaml = readYaml({ path: oneRule, bytes })
  return yaml.ok ? readRule(yaml.value) : yaml
}

const problemsOf = (result: Result<unknown>): Problem[] => (result.ok ? [] : result.problems)

/** The files of the small rules folder with the bytes of one of them changed. */
const withBytes = (path: string, change: (bytes: Uint8Array) => Uint8Array): SourceFile[] =>
  files.map((file) => (file.path === path ? { path, bytes: change(file.bytes) } : file))

const withText = (path: string, change: (text: string) => string): SourceFile[] =>
  withBytes(path, (bytes) => Buffer.from(change(Buffer.from(bytes).toString())))

/** What Derby's rules mean, as a recommendation would name them. */
function digestOf(result: Result<Policy>): string {
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'))
  const ruleSet = composeRuleSet(result.value, 'derby')
  if (!ruleSet.ok) throw new Error(ruleSet.problems.map(problemText).join('\n'))
  return ruleSet.value.digest
}

const digest = digestOf(checkFiles(files))
/** What the small rules cost where nobody made a mistake. */
const usual = usualEffortOf(() => loadPolicy(smallRules))

describe('a mistake is told with its place and how to mend it', () => {
  it.each(mistakes.map((one) => [one.mistake, one] as const))('%s', (_, { change, problem }) => {
    let said: string[] = []
    const effort = withFolder(change, (folder) =>
      effortOf(() => {
        const problems = problemsOf(loadPolicy(folder))
        said = problems.map((one) => problemText(one).replaceAll(folder, 'rules'))
      }),
    )
    expect(`${said.join('\n\n')}\n`).toBe(problem)
    // Whatever the mistake is, nobody waits for the answer.
    expect(effort).toBeLessThan(40 * usual)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  it('and one mistake is one problem', () => {
    const several = mistakes.filter(({ problem }) => problem.includes('\n\n'))
    expect(several.map(({ name }) => name)).toEqual(['two-mistakes-in-one-file'])
  })

  it('and a mistake inside a YAML file is told with its line and column', () => {
    for (const { problem } of mistakes)
      expect(problem).toMatch(
        /^(rules\/\S+\.(yaml|json):\d+:\d+|rules\/offences\.csv:\d+)\n|^[^:]+\n/,
      )
  })

  it('and it is said how to mend it, or what was meant', () => {
    const bare = mistakes.filter(({ problem }) => {
      const [, message = '', mend] = problem.trim().split('\n')
      return !mend && !/Did you mean|must be|takes|YYYY-MM-DD|stays empty|--rules/.test(message)
    })
    expect(bare.map(({ name }) => name)).toEqual([])
  })
})

describe('the rules folder', () => {
  it('has no problem where nobody made a mistake, so that each mistake shows what it does', () => {
    expect(problemsOf(loadPolicy(smallRules))).toEqual([])
  })

  it('tells of mistakes in two files at once', () => {
    const said = withFolder(
      [
        { file: oneRule, instead_of: 'at: s.50', write: 'at: s.50, confirmed: surely' },
        {
          file: 'rules/partnerships/derby/partnership.yaml',
          instead_of: 'final_decision: { value: police',
          write: 'final_decision: { value: the police',
        },
      ],
      (folder) => problemsOf(loadPolicy(folder)).map(({ file }) => file),
    )
    expect(said).toEqual([oneRule, 'rules/partnerships/derby/partnership.yaml'])
  })

  it('means the same with the line ends of Windows', () => {
    const windows = files.map(({ path }) => ({
      path,
      bytes: Buffer.from(textOf(path).replaceAll('\n', '\r\n')),
    }))
    expect(digestOf(checkFiles(windows))).toBe(digest)
  })

  it('means something else when an age is changed', () => {
    const changed = withText('rules/parameters.yaml', (text) =>
      text.replace('value: 10', 'value: 12'),
    )
    expect(digestOf(checkFiles(changed))).not.toBe(digest)
  })

  it('may have a README and files that begin with a dot, which are passed over', () => {
    const digestThere = withFolder(
      [
        { file: 'rules/README.md', text: '# Rules' },
        { file: 'rules/national/.under-ten.yaml.swp', text: 'x' },
      ],
      (folder) => digestOf(loadPolicy(folder)),
    )
    expect(digestThere).toBe(digest)
  })

  it('is not waited for where a file never ends, such as a pipe', () => {
    const said = withFolder([], (folder) => {
      const pipe = join(folder, 'national/exclusions/pipe.yaml')
      execFileSync('mkfifo', [pipe])
      const problems = problemsOf(loadPolicy(folder))
      rmSync(pipe)
      return problems.map(problemText)
    })
    expect(said).toEqual([
      'rules/national/exclusions/pipe.yaml\n  This is not an ordinary file.\n  Delete it.',
    ])
  })

  it('has no partnership by the name of something that every object has', () => {
    const text = textOf(oneRule).replace('id: exclusions/under-ten', 'id: exclusions/our-own')
    const said = (layer: string) =>
      withFolder(
        [{ file: `rules/partnerships/${layer}/exclusions/our-own.yaml`, text }],
        (folder) => problemsOf(loadPolicy(folder)).map(({ message }) => message),
      )
    expect(said('constructor')).toEqual(['The folder "constructor" has no partnership.yaml.'])
    expect(said('__proto__')).toEqual(['This stands in no folder of a partnership.'])
  })
})

describe('a rules folder that was damaged', () => {
  it('is refused, wherever a rule was cut off before its last line end', () => {
    const whole = bytesOf(oneRule)
    const loaded = Array.from(whole.keys()).filter((end) => {
      const bytes = whole.slice(0, end)
      // A file that cannot be read by itself is a problem of every folder.
      return readAlone(bytes).ok && checkFiles(withBytes(oneRule, () => bytes)).ok
    })
    expect(loaded).toEqual([whole.length - 1])
  })

  it('is refused, or means the same, wherever one of the real rules was cut off', () => {
    const realRules = readFolder(realRulesFolder).files.filter(
      ({ path }) => path.startsWith('rules/national/') && path.endsWith('.yaml'),
    )
    const cut = fc.record({
      rule: fc.constantFrom(...realRules),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(cut, ({ rule: { bytes }, keep }) => {
        const whole = readAlone(bytes)
        const part = readAlone(bytes.slice(0, Math.floor(bytes.length * keep)))
        if (!whole.ok) throw new Error(whole.problems.map(problemText).join('\n'))
        if (part.ok)
          expect({ ...part.value, examples: [] }).toEqual({ ...whole.value, examples: [] })
      }),
      { numRuns: 500 },
    )
  })

  it('never stops the program, whichever bytes were changed', () => {
    const change = fc.record({
      file: fc.nat({ max: files.length - 1 }),
      at: fc.nat({ max: 6000 }),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc.constantFrom('{', '[', '- ', ': ', '\n', '&a ', '*a', '!!x ', '? ', '"', "'", '|', '#'),
      ),
    })
    fc.assert(
      fc.property(change, ({ file, at, bytes }) => {
        const path = files[file]?.path ?? ''
        const damaged = withBytes(path, (whole) => {
          const place = at % (whole.length + 1)
          return Buffer.concat([whole.slice(0, place), Buffer.from(bytes), whole.slice(place)])
        })
        const result = checkFiles(damaged)
        for (const { message, file: where } of problemsOf(result)) {
          expect(message).not.toBe('')
          expect(where).toMatch(/^rules\//)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('never mixes the old and the new of a file that changes while it is read', () => {
    const other = Buffer.from('id: exclusions/under-ten\n')
    withFolder([], (folder) => {
      const path = join(folder, 'national/exclusions/under-ten.yaml')
      const before = readFolder(folder).files
      writeFileSync(path, other)
      expect(digestOf(checkFiles(before))).toBe(digest)
      expect(problemsOf(loadPolicy(folder)).length).toBeGreaterThan(0)
    })
  })
})
