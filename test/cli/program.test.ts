import { describe, expect, it } from 'vitest'
import { version } from '../../src/domain/version.ts'
import { waymark } from '../support/console.ts'

describe('the command line teaches', () => {
  it('what it is for and what it can do', async () => {
    const { code, out, error } = await waymark(['--help'])
    expect([code, error]).toEqual([0, ''])
    expect(out).toContain('It recommends and explains; people decide.')
    for (const command of ['recommend', 'rules', 'help']) expect(out).toContain(`  ${command}`)
  })

  it('what a case file looks like, with the exit codes', async () => {
    const { code, out } = await waymark(['recommend', '--help'])
    expect(code).toBe(0)
    expect(out).toContain('partnership: derby')
    expect(out).toContain('never taken as "no"')
    expect(out).toContain('Exit codes: 0 fine, 1 problems found, 2 wrong use.')
  })

  it('every command of the rules, and the same by "help"', async () => {
    const { out } = await waymark(['rules', '--help'])
    for (const command of ['check', 'test', 'list', 'explain'])
      expect(out).toContain(`  ${command}`)
    expect((await waymark(['rules', 'help'])).out).toBe(out)
    expect((await waymark(['help', 'rules'])).out).toBe(out)
  })

  it.each([
    ['recommend'],
    ['rules', 'check'],
    ['rules', 'test'],
    ['rules', 'list'],
    ['rules', 'explain'],
  ])('that %s %s takes --rules and --json', async (...command) => {
    const { code, out } = await waymark([...command, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/--rules <folder>[\s\S]*--json/)
  })

  it('which version it is', async () => {
    expect(await waymark(['--version'])).toEqual({ code: 0, out: version, error: '' })
  })
})

describe('wrong use', () => {
  it.each([
    [['recomend'], '(Did you mean recommend?)'],
    [['rules', 'chek'], '(Did you mean check?)'],
    [['recommend', '--partnershp', 'derby', 'x'], '(Did you mean --partnership?)'],
    [['rules', 'check', '--releas'], '(Did you mean --release?)'],
    [['weather'], "unknown command 'weather'"],
    [['recommend'], "missing required argument 'case'"],
    [['recommend', 'a.yaml', 'b.yaml'], 'too many arguments'],
    [['rules', 'explain'], "missing required argument 'id'"],
    [['recommend', '--as-at', '2026-02-30', 'x'], 'Write a date that exists, as YYYY-MM-DD.'],
    [['recommend', '--as-at', 'today', 'x'], 'Write a date that exists, as YYYY-MM-DD.'],
    [['recommend', '--engine', 'steam', 'x'], 'Allowed choices are reference, compiled.'],
    [['recommend', '--as-at'], 'argument missing'],
  ])('%j exits with 2, says what is wrong and where to look', async (argv, says) => {
    const { code, out, error } = await waymark(argv)
    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(says)
    expect(error).toContain('Run it with --help to see how.')
  })

  it.each([[[]], [['rules']]])(
    '%j without a command exits with 2 and shows the commands',
    async (argv) => {
      const { code, error } = await waymark(argv)
      expect(code).toBe(2)
      expect(error).toContain('Commands:')
    },
  )
})
