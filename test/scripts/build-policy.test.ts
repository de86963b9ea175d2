import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyOfWaymark, start } from '../support/built.ts'
import { smallRules } from '../support/console.ts'

const broken = 'rules/national/exclusions/under-ten.yaml'
let root = ''
let remove = () => {}
/** Waymark compiled, with the small rules and no built policy yet. */
beforeEach(() => {
  ;({ root, remove } = copyOfWaymark())
  rmSync(join(root, 'rules'))
  cpSync(smallRules, join(root, 'rules'), { recursive: true })
  rmSync(join(root, 'dist/policy.json'))
})
afterEach(() => remove())

const inCopy = (path: string) => join(root, path)
const policy = () => inCopy('dist/policy.json')

/** The last step of `npm run build`. */
async function build() {
  const { ended, said } = start(root, ['dist/scripts/build-policy.js'])
  return { code: await ended, ...said }
}

describe('the last step of the build', () => {
  it('writes the checked policy beside the compiled code, and says nothing', async () => {
    expect(await build()).toEqual({ code: 0, out: '', error: '' })
    expect(existsSync(policy())).toBe(true)
  })

  it('leaves what it wrote where nothing has changed, and writes anew where a rule has', async () => {
    await build()
    const { ino } = statSync(policy())
    await build()
    expect(statSync(policy()).ino).toBe(ino)
    const before = readFileSync(policy(), 'utf8')
    writeFileSync(inCopy(broken), `# A note.\n${readFileSync(inCopy(broken), 'utf8')}`)
    await build()
    expect(readFileSync(policy(), 'utf8')).not.toBe(before)
  })

  it('does not fail over rules with problems, but says them and leaves no policy', async () => {
    await build()
    writeFileSync(inCopy(broken), 'id: [\n')
    const { code, out, error } = await build()
    expect([code, out]).toEqual([0, ''])
    expect(error).toMatch(/^rules\/national\/exclusions\/under-ten\.yaml:\d+:\d+\n {2}/)
    expect(error).toContain(
      'Compiled, but the rules have problems: Waymark will not start on them.',
    )
    expect(existsSync(policy())).toBe(false)
  })

  it('and what goes by the rules takes its word: a policy built with no rule in it', async () => {
    await build()
    const list = () => start(root, ['bin/waymark.js', 'rules', 'list', '--partnership', 'derby'])
    const parsed = list()
    await parsed.ended
    expect(parsed.said.out).toContain('exclusions/under-ten')
    const text = readFileSync(inCopy('dist/scripts/build-policy.js'), 'utf8')
    const none = text.replace(
      'writeBuilt(checked.value,',
      'writeBuilt({ ...checked.value, rules: [] },',
    )
    expect(none).not.toBe(text)
    writeFileSync(inCopy('dist/scripts/build-policy.js'), none)
    rmSync(policy())
    await build()
    const taken = list()
    await taken.ended
    expect(taken.said.out).toContain('0 rules in force')
  })
})
