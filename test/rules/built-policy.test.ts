import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readBuilt, writeBuilt } from '../../src/rules/built-policy.ts'
import { loadPolicy } from '../../src/rules/check.ts'
import { builtFileOf, codeDigest, usePolicy } from '../../src/rules/load-built.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import { realRulesFolder } from '../support/real-rules.ts'
import { smallRules, withFolder } from './bad-rules.ts'

const home = mkdtempSync(join(tmpdir(), 'waymark-compiled-'))
afterAll(() => rmSync(home, { recursive: true }))

function parsed(folder: string): Policy {
  const loaded = loadPolicy(folder)
  if (!loaded.ok) throw new Error('The rules have problems.')
  return loaded.value
}

let compiledOnce = 0
/** A folder of compiled code, with one file for each folder that decides what rules mean. */
function compiled(): string {
  compiledOnce += 1
  const dist = join(home, String(compiledOnce))
  for (const folder of ['src/rules/check', 'src/domain']) {
    mkdirSync(join(dist, folder), { recursive: true })
    writeFileSync(join(dist, folder, 'some.js'), 'export {}\n')
  }
  return dist
}

/** Nobody's rules: whoever is given these was given what was built, and not what was parsed. */
const marked: Policy = { ...parsed(smallRules), rules: [] }

/** Compiled code that has built the small rules, to the marked policy. */
function built(): string {
  const dist = compiled()
  const text = writeBuilt(marked, readFolder(smallRules).files, codeDigest(dist))
  writeFileSync(builtFileOf(dist), text)
  return dist
}

/** Whether a rules folder is parsed, or taken as it was built. */
function taken(folder: string, dist: string): 'as built' | 'parsed' | 'refused' {
  const used = usePolicy(folder, dist)
  if (!used.ok) return 'refused'
  return used.value.rules.length === 0 ? 'as built' : 'parsed'
}

const rule = 'rules/national/exclusions/under-ten.yaml'
const another = { file: 'rules/national/exclusions/.swp.yaml', text: '' }

describe('a policy that was written down and read back', () => {
  it.each([
    ['the rules that Waymark ships', realRulesFolder],
    ['the small rules', smallRules],
  ])('is what was parsed of %s, in everything', (_, folder) => {
    const { files } = readFolder(folder)
    const policy = parsed(folder)
    expect(readBuilt(writeBuilt(policy, files, 'code'), files, 'code')).toStrictEqual(policy)
  })
})

describe('what the build wrote down is used', () => {
  it('for the very files that it was made of, wherever they lie', () => {
    const dist = built()
    expect(taken(smallRules, dist)).toBe('as built')
    expect(withFolder([], (folder) => taken(folder, dist))).toBe('as built')
  })

  it('also where a file came that is passed over, such as one that begins with a dot', () => {
    expect(withFolder([another], (folder) => taken(folder, built()))).toBe('as built')
  })
})

describe('the folder is parsed', () => {
  it.each([
    [
      'one letter of a rule was changed',
      [{ file: rule, instead_of: 'at: s.50', write: 'at: s.51' }],
    ],
    [
      'only a comment was changed',
      [{ file: rule, instead_of: 'id: exclusions', write: '# A note.\nid: exclusions' }],
    ],
    ['a list of released rules has come', [{ file: 'rules/released.json', text: '{}' }]],
  ])('where %s', (_, change) => {
    expect(withFolder(change, (folder) => taken(folder, built()))).toBe('parsed')
  })

  it('and refused for its problems where a rule was damaged, has come empty, or is gone', () => {
    const changes = [
      { file: rule, instead_of: 'at: s.50', write: 'at: [' },
      { file: 'rules/national/exclusions/empty.yaml', text: '' },
      { file: 'rules/facts.yaml', deleted: 'yes' as const },
    ]
    for (const change of changes)
      expect(withFolder([change], (folder) => taken(folder, built()))).toBe('refused')
  })

  it('where a rule was taken away', () => {
    const text = 'id: exclusions/under-ten\n'
    const files = [...readFolder(smallRules).files, { path: rule.replace('ten', 'nine'), text }]
    const dist = compiled()
    const more = files.map((file) => ({ bytes: Buffer.from(text), ...file }))
    writeFileSync(builtFileOf(dist), writeBuilt(marked, more, codeDigest(dist)))
    expect(taken(smallRules, dist)).toBe('parsed')
  })

  it('and refused where a file has come that cannot be read', () => {
    const there = withFolder([], (folder) => {
      symlinkSync(join(folder, 'facts.yaml'), join(folder, 'link.yaml'))
      return taken(folder, built())
    })
    expect(there).toBe('refused')
  })

  it('where nothing was built', () => {
    expect(taken(smallRules, compiled())).toBe('parsed')
  })

  it('where what was built is damaged: cut off anywhere, one letter other, or nonsense', () => {
    const dist = built()
    const files = readFolder(smallRules).files
    const whole = writeBuilt(marked, files, codeDigest(dist))
    const damaged = ['', '\n', 'x', '{}', `${'0'.repeat(64)}\n{}\n`]
    for (let at = 0; at < whole.length - 1; at += 97)
      damaged.push(whole.slice(0, at), `${whole.slice(0, at)}~${whole.slice(at + 1)}`)
    for (const text of damaged) expect(readBuilt(text, files, codeDigest(dist))).toBeUndefined()
    writeFileSync(builtFileOf(dist), whole.slice(0, whole.length / 2))
    expect(taken(smallRules, dist)).toBe('parsed')
  })

  it.each([
    ['a check', 'src/rules/check/some.js'],
    ['a list of the domain', 'src/domain/some.js'],
  ])('where %s was compiled anew since, and says something else', (_, file) => {
    const dist = built()
    writeFileSync(join(dist, file), 'export const more = 1\n')
    expect(taken(smallRules, dist)).toBe('parsed')
  })

  it('where a check was added or taken away since', () => {
    const [more, fewer] = [built(), built()]
    writeFileSync(join(more, 'src/rules/check/more.js'), 'export {}\n')
    rmSync(join(fewer, 'src/rules/check/some.js'))
    expect([taken(smallRules, more), taken(smallRules, fewer)]).toEqual(['parsed', 'parsed'])
  })

  it('by code that was not compiled, which has no built policy', () => {
    const dist = built()
    const bare = join(home, 'bare')
    cpSync(join(dist, 'src'), join(bare, 'src'), { recursive: true })
    expect(taken(smallRules, bare)).toBe('parsed')
  })
})
