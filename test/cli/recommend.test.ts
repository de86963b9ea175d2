import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recommendationSchema } from '../../src/domain/recommendation.ts'
import { moreRules, smallRulesWith, waymark, waymarkJson } from '../support/console.ts'

const { folder, remove } = smallRulesWith(moreRules)
const cases = mkdtempSync(join(tmpdir(), 'waymark-cases-'))
afterAll(() => {
  remove()
  rmSync(cases, { recursive: true })
})

/** A case file of a test's own, with its path. */
function caseFile(name: string, text: string | Uint8Array): string {
  writeFileSync(join(cases, name), text)
  return join(cases, name)
}
const yaml = `partnership: derby
asAt: 2026-11-02
facts: { child.date_of_birth: 2011-05-14, child.care_status: none }
offences:
  - { offence.date: 2026-10-20 }
`
const json = JSON.stringify({
  partnership: 'derby',
  asAt: '2026-11-02',
  facts: { 'child.date_of_birth': '2011-05-14', 'child.care_status': 'none' },
  offences: [{ 'offence.date': '2026-10-20' }],
})
const recommend = (argv: readonly string[], console: Parameters<typeof waymark>[1] = {}) =>
  waymark(['recommend', ...argv, '--rules', folder], console)
async function recommended(argv: readonly string[], input?: string) {
  const answer = await waymarkJson(['recommend', ...argv, '--rules', folder], input)
  expect([answer.code, answer.error]).toEqual([0, ''])
  expect(recommendationSchema.parse(answer.json)).toEqual(answer.json)
  return recommendationSchema.parse(answer.json)
}

describe('waymark recommend', () => {
  it('says the status first, then the options, what is not known and from whom', async () => {
    const { code, out, error } = await recommend([caseFile('case.yaml', yaml)])
    expect([code, error]).toEqual([0, ''])
    const headings = out.split('\n').filter((line) => /^[A-Z ]{6,}[:0-9]?/.test(line))
    expect(headings[0]).toBe('STATUS: open to the clinic')
    expect(headings[1]).toMatch(/^OFFENCE 1/)
    expect(out).toContain('Advice to the clinic: people decide.')
    expect(out).toContain('Derby, rules as at 2 November 2026')
  })

  it('says the same of YAML, of JSON and of either on standard input', async () => {
    const said = await recommend([caseFile('case.yaml', yaml)])
    expect(await recommend([caseFile('case.json', json)])).toEqual(said)
    expect(await recommend(['-'], { input: yaml })).toEqual(said)
    expect(await recommend(['-'], { input: json })).toEqual(said)
  })

  it('says the same by either engine', async () => {
    const file = caseFile('case.yaml', yaml)
    const reference = await recommended([file, '--engine', 'reference'])
    expect(await recommended([file, '--engine', 'compiled'])).toEqual(reference)
    expect(await recommended([file])).toEqual(reference)
  })

  it('asks of whom what is not known can be learnt', async () => {
    const { out } = await recommend(['-'], { input: 'partnership: derby' })
    expect(out).toContain('STATUS: cannot tell yet whether this is for the clinic')
    expect(out).toMatch(
      /NOT KNOWN YET, AND WHO CAN SAY[\s\S]*Social care: What is the child's care status\?/,
    )
  })

  it.each([
    ['2026-02-11', ['Fill in the old form.']],
    ['2026-02-12', []],
  ])('goes by the rules of --as-at %s, whatever the file says', async (day, notes) => {
    const given = json.replace('"none"', '"looked-after"').replace('2026-10-20', '2026-01-20')
    const { prompts, ruleSet } = await recommended(
      ['-', '--as-at', day, '--partnership', 'national'],
      given,
    )
    expect(ruleSet.asAt).toBe(day)
    expect(prompts.map(({ note }) => note)).toEqual(notes)
  })

  it('goes by the day of the file, and without one by today', async () => {
    const dated = await recommended(['-'], 'asAt: 2026-01-05')
    expect(dated.ruleSet.asAt).toBe('2026-01-05')
    expect((await recommended(['-'], 'partnership: derby')).ruleSet.asAt).toBe('2026-11-02')
  })

  it('goes by the partnership of --partnership, then of the file, then by national rules alone', async () => {
    const of = async (argv: string[], input: string) =>
      (await recommended(['-', ...argv], input)).ruleSet.partnership
    expect(await of(['--partnership', 'national'], yaml)).toBe('national')
    expect(await of([], yaml)).toBe('derby')
    expect(await of([], 'asAt: 2026-01-05')).toBe('national')
  })

  it('shows what belongs to later steps with --all and counts it without', async () => {
    const given = 'facts: { child.care_status: looked-after, child.age_at_offence: 15 }'
    const input = `partnership: derby\n${given}`
    const short = await recommend(['-'], { input })
    const long = await recommend(['-', '--all'], { input })
    expect(long.code).toBe(0)
    expect(long.out.length).toBeGreaterThanOrEqual(short.out.length)
  })

  it('names the offence that each line is about where there are several', async () => {
    const input = 'offences: [{ child.age_at_offence: 9 }, { child.age_at_offence: 10 }]'
    const { out } = await recommend(['-'], { input })
    expect(out).toContain('OFFENCE 1')
    expect(out).toContain('OFFENCE 2')
    expect(out).toContain('(offence 1)')
  })

  it('writes no colours unless the terminal has them', async () => {
    const colour = String.fromCharCode(27)
    expect((await recommend(['-'], { input: yaml })).out).not.toContain(colour)
    expect((await recommend(['-'], { input: yaml, colour: true })).out).toContain(colour)
    const json = await recommend(['-', '--json'], { input: yaml, colour: true })
    expect(json.out).not.toContain(colour)
  })
})

describe('waymark recommend --why', () => {
  it('gives the whole reasoning of one rule', async () => {
    const argv = ['-', '--why', 'exclusions/under-ten']
    const { code, out } = await recommend(argv, { input: yaml })
    expect(code).toBe(0)
    expect(out).toContain('The child was under ten (exclusions/under-ten)')
    expect(out).toContain('This rule is not met.')
    expect(out).toContain('day of the offence: 15. The rule asks for less than 10')
    expect(out).toContain(
      'Children and Young Persons Act 1933, s.50 (read in part: check before use)',
    )
  })

  it('gives it of a rule that cannot be told yet and of one that is not about the case', async () => {
    const undecided = await recommend(['-', '--why', 'exclusions/under-ten'], {
      input: 'facts: {}',
    })
    expect(undecided.out).toContain('This rule cannot be told yet: something is not known.')
    const elsewhere = await recommend(['-', '--why', 'care/everything'], { input: yaml })
    expect(elsewhere.out).toContain('This rule is not about this case.')
    expect(elsewhere.out).toMatch(/Still open:\n {2}From which day does it apply\? \(policy lead\)/)
  })

  it('does not know a rule that is misspelt, and says what may have been meant', async () => {
    const { code, out, error } = await recommend(['-', '--why', 'exclusions/under-tn'], {
      input: yaml,
    })
    expect([code, out]).toEqual([1, ''])
    expect(error).toContain('Did you mean "exclusions/under-ten"?')
    expect(error).toContain('waymark rules list')
  })

  it('does not know a rule on a day on which it is not in force', async () => {
    const argv = ['-', '--partnership', 'national', '--why', 'care/old', '--as-at']
    expect((await recommend([...argv, '2026-02-11'], { input: 'facts: {}' })).code).toBe(0)
    expect((await recommend([...argv, '2026-02-12'], { input: 'facts: {}' })).code).toBe(1)
  })
})

describe('a case file that cannot be used', () => {
  it('that is not there is said to be so', async () => {
    const { code, out, error } = await recommend([join(cases, 'nowhere.yaml')])
    expect([code, out]).toEqual([1, ''])
    expect(error).toContain('nowhere.yaml" cannot be read (ENOENT).')
    expect(error).toContain('or "-" to read standard input')
  })

  it('that is a folder is said to be so', async () => {
    expect((await recommend([cases])).error).toContain('cannot be read (EISDIR)')
  })

  it.each([
    ['facts:\n  child.age_now: 15\n child.care_status: none\n', 3, 1],
    ['partnership: derby\nfact: {}\n', 2, 1],
    ['asAt: 2026-02-30\n', 1, 7],
    ['facts: {}\nfacts: {}\n', 2, 1],
    ['facts: &a {}\noffences: [*a]\n', 1, 8],
  ])('is named by line and column: %j', async (text, line, column) => {
    const file = caseFile('bad.yaml', text)
    const { code, error } = await recommend([file])
    expect(code).toBe(1)
    expect(error).toContain(`${file}:${line}:${column}\n`)
    expect(error).toMatch(/1 problem\.$/)
  })

  it('is named by its place where an answer does not fit', async () => {
    const { code, error } = await recommend(['-'], {
      input: 'facts: { child.care_status: lookedafter }',
    })
    expect(code).toBe(1)
    expect(error).toContain('/facts/child.care_status')
    expect(error).toContain('Did you mean "looked-after"?')
  })

  it('counts the problems where there are several, and gives them as JSON', async () => {
    const input = 'facts: { child.care_status: maybe, child.agee: 1 }'
    expect((await recommend(['-'], { input })).error).toMatch(/2 problems\.$/)
    const { code, json } = await waymarkJson(['recommend', '-', '--rules', folder], input)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      ok: false,
      problems: [{ pointer: '/facts/child.care_status' }, { pointer: '/facts/child.agee' }],
    })
  })

  it.each([
    ['nothing', ''],
    ['bytes that are not UTF-8', Uint8Array.from([0x61, 0x3a, 0x20, 0xff])],
    ['a byte order mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])],
    ['more than 256 KiB', `# ${'x'.repeat(256 * 1024)}`],
  ])('comes over standard input as it may come from a file: %s', async (_, input) => {
    const piped = await recommend(['-'], { input })
    const file = caseFile('same.yaml', input)
    const read = await recommend([file])
    expect([piped.code, read.code]).toEqual([1, 1])
    expect(piped.error).toBe(read.error.replaceAll(file, 'standard input'))
  })

  it('an unknown partnership is told the ones there are', async () => {
    const { code, error } = await recommend(['-', '--partnership', 'derbi'], { input: yaml })
    expect(code).toBe(1)
    expect(error).toContain('Did you mean "derby"?')
    expect(error).toContain('Partnerships here are: national, derby.')
  })

  it('a rules folder that is not there is said to be so', async () => {
    const { code, error } = await waymark(['recommend', '-', '--rules', join(cases, 'none')], {
      input: yaml,
    })
    expect(code).toBe(1)
    expect(error).toContain('There is no rules folder at')
  })
})
