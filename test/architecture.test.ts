import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const checkout = fileURLToPath(new URL('..', import.meta.url))
const folders = ['src', 'machines', 'db']
const copy = mkdtempSync(join(tmpdir(), 'waymark-law-'))
afterAll(() => rmSync(copy, { recursive: true }))

type Violation = { from: string; to: string; rule: { name: string; severity: string } }

/** What the tool of `npm run imports` finds in a folder. */
function lookAt(root: string): { violations: Violation[]; modules: number } {
  const tool = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const argv = [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const { stdout, stderr } = spawnSync(process.execPath, [tool, ...argv], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(stderr).toBe('')
  const { summary } = JSON.parse(stdout)
  return { violations: summary.violations, modules: summary.totalCruised }
}

describe('the import law', () => {
  it('holds in every file', () => {
    const { violations, modules } = lookAt(checkout)
    expect(violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`)).toEqual([])
    expect(modules).toBeGreaterThan(60)
  })

  /** Imports that somebody might write, each with the law that it breaks. */
  const forbidden: [string, string, string][] = [
    ['src/domain/a.ts', '../rules/policy.ts', 'src/domain may import nothing of ours'],
    ['src/domain/b.ts', '../../machines/referral.machine.ts', 'src/domain may import nothing'],
    ['src/rules/a.ts', '../recommend/recommend.ts', 'src/rules may import src/domain'],
    ['src/rules/b.ts', '../../scripts/catalogue.ts', 'src/rules may import src/domain'],
    ['src/recommend/a.ts', '../casework/ports.ts', 'src/recommend may import'],
    ['src/recommend/b.ts', '../api/app.ts', 'src/recommend may import'],
    ['machines/a.ts', '../src/casework/ports.ts', 'machines may import src/domain'],
    ['machines/b.ts', '../src/rules/policy.ts', 'machines may import src/domain'],
    ['src/casework/a.ts', '../../db/sqlite/schema.ts', 'src/casework may import'],
    ['src/casework/b.ts', '../web/pages.ts', 'src/casework may import'],
    ['src/casework/c.ts', '../http/problem.ts', 'src/casework may import'],
    ['src/access/a.ts', '../http/problem.ts', 'src/access may import src/domain'],
    ['src/http/a.ts', '../casework/casework.ts', 'src/http may import src/access, src/domain'],
    ['src/http/b.ts', '../api/answer.ts', 'src/http may import'],
    ['src/http/c.ts', '../web/styles.ts', 'src/http may import'],
    ['src/http/d.ts', '../rules/policy.ts', 'src/http may import'],
    ['src/http/e.ts', '../../db/sqlite/schema.ts', 'src/http may import'],
    ['src/cli/c.ts', '../http/door.ts', 'src/cli may import'],
    ['src/api/a.ts', '../../db/sqlite/open-store.ts', 'src/api may import'],
    ['src/api/b.ts', '../../machines/referral.machine.ts', 'src/api may import'],
    ['src/api/c.ts', '../../test/support/api.ts', 'src/api may import'],
    ['src/web/a.ts', '../api/answer.ts', 'src/web may import'],
    ['src/web/b.ts', '../../db/sqlite/schema.ts', 'src/web may import'],
    ['src/cli/a.ts', '../api/app.ts', 'src/cli may import'],
    ['src/cli/b.ts', '../../db/sqlite/schema.ts', 'src/cli may import'],
    ['db/sqlite/a.ts', '../../src/casework/open-case.ts', 'db/sqlite may import'],
    ['db/sqlite/b.ts', '../../src/rules/policy.ts', 'db/sqlite may import'],
    ['db/record/a.ts', '../sqlite/schema.ts', 'db/record may import src/casework/ports.ts'],
    ['db/record/b.ts', '../../src/casework/open-case.ts', 'db/record may import'],
    ['db/record/c.ts', 'better-sqlite3', 'the record knows no driver'],
    ['db/record/d.ts', 'node:fs', 'disk, network and processes stay out'],
    ['src/domain/disk.ts', 'node:fs', 'disk, network and processes stay out of the core'],
    ['src/recommend/disk.ts', 'node:fs/promises', 'disk, network and processes stay out'],
    ['src/rules/run.ts', 'node:child_process', 'disk, network and processes stay out'],
    ['src/casework/call.ts', 'node:https', 'disk, network and processes stay out'],
    ['machines/listen.ts', 'node:net', 'disk, network and processes stay out'],
    ['src/rules/try.ts', 'fast-check', 'only what package.json lists'],
    ['src/domain/circle.ts', './circle-back.ts', 'no circles'],
  ]
  /** Imports that look like those and are allowed; a circle is named once, where it begins. */
  const allowed: [string, string][] = [
    ['src/domain/circle-back.ts', './circle.ts'],
    ['src/rules/fine.ts', '../domain/fact.ts'],
    ['src/casework/fine.ts', '../../machines/referral.machine.ts'],
    ['db/record/fine.ts', '../../src/casework/ports.ts'],
    ['db/sqlite/fine.ts', '../record/seal.ts'],
    ['db/sqlite/disk.ts', 'node:fs'],
    ['src/http/fine.ts', '../access/policy.ts'],
    ['src/api/fine.ts', '../http/problem.ts'],
    ['src/web/fine.ts', '../http/problem.ts'],
    ['src/cli/fine.ts', 'node:fs'],
  ]

  it('is noticed when it is broken, each part of it, and only there', () => {
    for (const part of [...folders, 'scripts', 'test/support', '.dependency-cruiser.cjs'])
      cpSync(join(checkout, part), join(copy, part), { recursive: true })
    for (const part of ['package.json', 'tsconfig.json'])
      cpSync(join(checkout, part), join(copy, part))
    symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'))
    for (const [file, to] of [...forbidden, ...allowed])
      writeFileSync(join(copy, file), `export * from '${to}'\n`)

    const { violations } = lookAt(copy)
    expect(violations.filter(({ rule }) => rule.severity !== 'error')).toEqual([])
    const found = new Map(
      violations.map(({ from, rule }) => [from.replace('circle-back', 'circle'), rule.name]),
    )
    for (const [file, to, law] of forbidden)
      expect(found.get(file), `${file} imports ${to}`).toContain(law)
    expect([...found.keys()].sort()).toEqual(forbidden.map(([file]) => file).sort())
  })
})

describe('the clock and the environment', () => {
  const roots = ['src/cli/main.ts', 'src/server.ts']
  const files = folders.flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(checkout, join(entry.parentPath, entry.name))),
  )
  const reading = (pattern: RegExp) =>
    files.filter((file) => pattern.test(readFileSync(join(checkout, file), 'utf8'))).sort()
  const clock =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\)|\bperformance\.(now|timeOrigin)\b|\bTemporal\.Now\b|\bhrtime\b/

  it('are read in the two composition roots and nowhere else', () => {
    expect(files.length).toBeGreaterThan(60)
    expect(reading(clock)).toEqual(roots)
    expect(reading(/\bprocess\.env\b|\bprocess\s*\[|import\.meta\.env/)).toEqual(roots)
  })

  it.each([
    'const at = Date.now()',
    'new Date()',
    'new Date( ).getTime()',
    'Temporal.Now.plainDateISO()',
    'performance.now()',
    'process.hrtime.bigint()',
  ])('would be noticed elsewhere: %s', (code) => {
    expect(clock.test(code)).toBe(true)
  })

  it('are not read where a date is only made of another', () => {
    expect(clock.test("new Date('2026-11-02').toISOString()")).toBe(false)
  })
})
