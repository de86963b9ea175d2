import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { builtWaymark, start } from '../support/built.ts'
import { smallRules, waymark } from '../support/console.ts'

/** Runs bin/waymark.js as a process, with something on standard input. */
async function typed(
  argv: readonly string[],
  input = '',
  environment: Record<string, string> = {},
) {
  const { child, said, ended } = start(builtWaymark, ['bin/waymark.js', ...argv], environment)
  child.stdin?.end(input)
  return { code: await ended, ...said }
}

describe('npx waymark', () => {
  it('is the command line, compiled', async () => {
    const help = await typed(['--help'])
    expect(help).toEqual({ ...(await waymark(['--help'])), out: expect.any(String) })
    expect(help.out).toContain('Usage: waymark')
  })

  it('reads standard input, writes no colour to a pipe, and answers as the program does', async () => {
    const argv = ['recommend', '-', '--rules', smallRules, '--json']
    const input = 'asAt: 2026-11-02\nfacts: { child.age_at_offence: 9 }'
    const said = await typed(argv, input, { TERM: 'xterm-256color' })
    const { code, out, error } = await waymark(argv, { input })
    expect(said).toEqual({ code, out: `${out}\n`, error })
  })

  it('takes today from its clock where no day is named', async () => {
    const { code, out } = await typed(['rules', 'list', '--json', '--rules', smallRules])
    expect(code).toBe(0)
    expect(JSON.parse(out).asAt).toMatch(/^20\d\d-\d\d-\d\d$/)
  })

  it('exits with 1 where there are problems and with 2 where it is used wrongly', async () => {
    const problems = await typed(['recommend', '-', '--rules', smallRules], 'facts: { a.b: 1 }')
    expect([problems.code, problems.out]).toEqual([1, ''])
    expect(problems.error).toContain('/facts/a.b')
    expect((await typed(['recomend'])).code).toBe(2)
  })

  it('ends quietly where its reader has had enough', async () => {
    const { child, said, ended } = start(builtWaymark, [
      'bin/waymark.js',
      'rules',
      'list',
      '--rules',
      smallRules,
    ])
    child.stdout?.destroy()
    expect([await ended, said.error]).toEqual([0, ''])
  })

  it('says how to build it where that has not been done', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'waymark-bare-'))
    symlinkSync(fileURLToPath(new URL('../../bin', import.meta.url)), join(bare, 'bin'))
    const { said, ended } = start(builtWaymark, [
      '--preserve-symlinks-main',
      join(bare, 'bin/waymark.js'),
    ])
    const code = await ended
    rmSync(bare, { recursive: true })
    expect([code, said.out]).toEqual([2, ''])
    expect(said.error).toBe('Waymark has not been built yet. Run: npm run build\n')
  })
})
