import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ruleText } from '../../src/cli/rule-text.ts'
import { ruleWords } from '../../src/cli/rule-words.ts'
import { ruleReferenceSchema } from '../../src/domain/recommendation.ts'
import { referenceTo } from '../../src/rules/citation.ts'
import { localFacts } from '../../src/rules/rule-set.ts'
import { ruleSchema } from '../../src/rules/schema.ts'
import {
  moreRules,
  plainConsole,
  smallRules,
  smallRulesWith,
  waymark,
  waymarkJson,
} from '../support/console.ts'
import { realPolicy } from '../support/real-rules.ts'

const fine = smallRulesWith(moreRules)
const underTen = 'national/exclusions/under-ten.yaml'
const text = readFileSync(join(smallRules, underTen), 'utf8')
const misspelt = smallRulesWith({
  [underTen]: text.replace('child.age_at_offence, operator', 'child.age_at_offense, operator'),
})
const wrongExample = smallRulesWith({
  [underTen]: `${text}  - { name: Ten too, given: { child.age_at_offence: 10 }, expect: met }\n`,
})
afterAll(() => {
  for (const { remove } of [fine, misspelt, wrongExample]) remove()
})
const rules = (command: string, ...argv: string[]) =>
  waymark(['rules', command, ...argv, '--rules', fine.folder])
const rulesJson = (command: string, ...argv: string[]) =>
  waymarkJson(['rules', command, ...argv, '--rules', fine.folder])

describe('waymark rules check', () => {
  it('says that every file is fine', async () => {
    const { code, out, error } = await rules('check')
    expect([code, error]).toEqual([0, ''])
    expect(out).toContain('3 rules and 10 examples')
    expect(out).toContain('3 rules rest on less than a full reading')
  })

  it('names the file, the line and the column of a mistake, and exits with 1', async () => {
    const { code, out, error } = await waymark(['rules', 'check', '--rules', misspelt.folder])
    expect([code, out]).toEqual([1, ''])
    expect(error).toMatch(
      /^rules\/national\/exclusions\/under-ten\.yaml:\d+:\d+\n {2}I don't know the fact/,
    )
    expect(error).toContain('Did you mean "child.age_at_offence"?')
  })

  it('says as JSON what it says in words', async () => {
    const { code, json } = await rulesJson('check')
    expect(code).toBe(0)
    expect(json).toMatchObject({
      ok: true,
      rules: 3,
      examples: 10,
      partnerships: ['derby'],
      checkBeforeUse: 3,
      doubts: 1,
    })
    expect(json).not.toHaveProperty('toConfirm')
    const bad = await waymarkJson(['rules', 'check', '--rules', misspelt.folder])
    expect(bad).toMatchObject({
      code: 1,
      json: { ok: false, problems: [{ line: expect.any(Number) }] },
    })
  })

  it('lists with --release what must be confirmed, and what is still open', async () => {
    const { out } = await rules('check', '--release')
    expect(out).toContain('To confirm before use (3):')
    expect(out).toContain('exclusions/under-ten (national): read-in-part')
    expect(out).toMatch(
      /Open doubts \(1\):\n {2}care\/everything: From which day does it apply\? \[policy lead\]/,
    )
    const { json } = await rulesJson('check', '--release')
    expect(json).toMatchObject({
      toConfirm: [
        { rule: 'care/old' },
        { rule: 'exclusions/under-ten', confirmed: 'read-in-part' },
        { layer: 'derby' },
      ],
      openDoubts: [{ rule: 'care/everything', owner: 'policy lead' }],
    })
  })
})

describe('waymark rules test', () => {
  it('says that every example is as expected', async () => {
    const said = await rules('test')
    expect(said).toEqual({ code: 0, out: '10 examples of 3 rules: all as expected.', error: '' })
    expect((await rulesJson('test')).json).toEqual({ ok: true, examples: 10, failed: [] })
  })

  it('names an example that is not as expected, says what the rule said, and exits with 1', async () => {
    const argv = ['rules', 'test', '--rules', wrongExample.folder]
    const { code, error, out } = await waymark(argv)
    expect(code).toBe(1)
    expect(error).toContain('rules/national/exclusions/under-ten.yaml')
    expect(error).toContain('said not-met, expected met')
    expect(out).toBe('1 of 4 examples are not as expected.')
    expect(await waymarkJson(argv)).toMatchObject({
      code: 1,
      json: {
        ok: false,
        failed: [{ example: 'Ten too', said: 'said not-met, expected met' }],
      },
    })
  })
})

describe('waymark rules list', () => {
  const listSchema = z.strictObject({
    partnership: z.string(),
    title: z.string(),
    digest: z.string(),
    asAt: z.string(),
    rules: z.array(
      ruleReferenceSchema
        .pick({ id: true, title: true, layer: true, authority: true, checkBeforeUse: true })
        .extend({ in_force: ruleSchema.shape.in_force })
        .strict(),
    ),
  })
  const listed = async (...argv: string[]) => {
    const { code, json } = await rulesJson('list', ...argv)
    expect(code).toBe(0)
    return listSchema.parse(json)
  }

  it('lists the national rules in force today', async () => {
    const { partnership, asAt, rules: all } = await listed()
    expect([partnership, asAt]).toEqual(['national', '2026-11-02'])
    expect(all.map(({ id }) => id)).toEqual(['exclusions/under-ten'])
  })

  it.each([
    ['2026-02-11', ['care/old', 'exclusions/under-ten']],
    ['2026-02-12', ['exclusions/under-ten']],
    ['2013-04-08', ['care/old', 'exclusions/under-ten']],
    ['2013-04-07', []],
  ])('lists what is in force on %s', async (day, ids) => {
    expect((await listed('--as-at', day)).rules.map(({ id }) => id)).toEqual(ids)
  })

  it('lists the rules of a partnership with the national ones, each with its layer', async () => {
    const { rules: all } = await listed('--partnership', 'derby')
    expect(all.map(({ id, layer }) => [id, layer])).toEqual([
      ['care/everything', 'derby'],
      ['exclusions/under-ten', 'national'],
    ])
  })

  it('says of each its title, whose it is, how it binds, since when, and marks what to check', async () => {
    const { code, out } = await rules('list', '--partnership', 'derby', '--as-at', '2026-02-11')
    expect(code).toBe(0)
    expect(out).toContain('Derby: 3 rules in force on 11 February 2026')
    expect(out).toContain(
      'care/old*\n  The old form for children in care\n    national, national guidance, from 8 April 2013 until 11 February 2026',
    )
    expect(out).toContain('derby, local protocol, applied from 5 February 2024 (nobody has read')
    expect(out).toContain('* not everything it rests on was read in full: check before use.')
  })

  it('does not mark a rule whose sources were all read', async () => {
    const sources = readFileSync(join(smallRules, 'sources.yaml'), 'utf8')
    const read = smallRulesWith({ 'sources.yaml': sources.replace('read-in-part', 'read') })
    const { out } = await waymark(['rules', 'list', '--rules', read.folder])
    read.remove()
    expect(out).toContain('exclusions/under-ten\n')
  })

  it('does not know a partnership that is not there', async () => {
    const { code, error } = await rules('list', '--partnership', 'derbi')
    expect(code).toBe(1)
    expect(error).toContain('Did you mean "derby"?')
  })
})

describe('waymark rules explain', () => {
  it('says in plain sentences what a rule asks', async () => {
    const { code, out, error } = await rules('explain', 'care/everything', '--partnership', 'derby')
    expect([code, error]).toEqual([0, ''])
    expect(out).toContain(`Every effect there is (care/everything)*
Rule of Derby; local protocol; applied from 5 February 2024 (nobody has read its own first day).

WHICH CASES IT IS ABOUT
  The child's main care status is one of: looked after, care leaver.

WHAT IT ASKS
  At least one of these:
    The child's age on the day of the offence is 14 or more.
    Not:
      The date of the offence is a day before 1 January 2026.
`)
  })

  it('says of every kind of effect what it does', async () => {
    const { out } = await rules('explain', 'care/everything', '--partnership', 'derby')
    expect(out).toContain(`WHAT IT DOES WHEN THAT IS SO
  Says that the whole referral is not for this clinic; it would go to: the Crown Prosecution
    Service.
  Pauses Charge until the papers are there (settled by: police; looked at again within 28 days).
  Sends the case first to: high risk panel.
  Rules out: Charge.
  Gives a starting point, which may be departed from with a reason: Community resolution.
    It goes before: care/old.
    Grounds for another answer: a first mistake.
  Asks of social care, before the decision (point 6): Ask the social worker.
    Only for: Charge.
    It cannot be set aside.
    It is done when:
      The child's age on the day of the offence is 12.
  Asks the clinic to consider: What the child says.
  Offers help beside the case: the virtual school.
  Starts the clock "panel meets": 28 days from the date of the offence. It cannot be moved.
`)
  })

  it('says why, on what it rests and how well that was read, what is open, and its examples', async () => {
    const { out } = await rules('explain', 'care/everything', '--partnership', 'derby')
    expect(out).toContain(`WHY
  It is a rule for a test.

WHAT IT RESTS ON
  Children and Young Persons Act 1933, s.50 (read in part: check before use)
  A default of Waymark's own, a test (our own default: to be confirmed locally)

STILL OPEN
  From which day does it apply? (policy lead)

EXAMPLES
  Fourteen and looked after: met.
`)
    expect(out).toContain('Nothing is known: cannot be told yet.\n    Nothing is known.')
  })

  it('puts the number of a parameter in, with what it is called', async () => {
    const argv = ['--rules', smallRules]
    const { out } = await waymark(['rules', 'explain', 'exclusions/under-ten', ...argv])
    expect(out).toContain(
      "The child's age on the day of the offence is less than 10 (the youngest age at which a child",
    )
  })

  it('gives the same as JSON, with the rule as its file has it', async () => {
    const { code, json } = await rulesJson('explain', 'care/everything', '--partnership', 'derby')
    expect(code).toBe(0)
    const schema = z.strictObject({
      partnership: z.literal('derby'),
      asAt: z.literal('2026-11-02'),
      rules: z.tuple([
        z.strictObject({
          whose: z.string(),
          reference: ruleReferenceSchema.strict(),
          rule: ruleSchema,
          words: z.strictObject({
            isAbout: z.array(z.string()).length(1),
            asks: z.array(z.string()).length(4),
            does: z.array(z.string()).length(15),
            examples: z.array(
              z.strictObject({ name: z.string(), given: z.string(), says: z.string() }),
            ),
          }),
        }),
      ]),
    })
    expect(schema.parse(json)).toEqual(json)
  })

  it('does not find a rule that is misspelt, and says what may have been meant', async () => {
    const { code, out, error } = await rules('explain', 'exclusions/under-tn')
    expect([code, out]).toEqual([1, ''])
    expect(error).toContain('Did you mean "exclusions/under-ten"?')
  })

  it('says of a rule of another day when it was in force', async () => {
    expect((await rules('explain', 'care/old', '--as-at', '2026-02-11')).code).toBe(0)
    const { code, error } = await rules('explain', 'care/old', '--as-at', '2026-02-12')
    expect(code).toBe(1)
    expect(error).toContain(
      'Its dates: from 8 April 2013 until 11 February 2026. Ask with --as-at DATE.',
    )
  })

  it('says of a rule of a partnership whose it is', async () => {
    const { code, error } = await rules('explain', 'care/everything')
    expect(code).toBe(1)
    expect(error).toContain('It is a rule of derby: add --partnership derby.')
  })

  it('says of a national rule that a partnership replaces what stands in its place', async () => {
    const own = moreRules['partnerships/derby/care/everything.yaml'].replace(
      'because: >',
      'replaces: { id: care/old, because: It is our own. }\nbecause: >',
    )
    const { folder, remove } = smallRulesWith({
      ...moreRules,
      'partnerships/derby/care/everything.yaml': own,
    })
    const argv = ['--rules', folder, '--partnership', 'derby', '--as-at', '2026-02-11']
    const replaced = await waymark(['rules', 'explain', 'care/old', ...argv])
    const stands = await waymark(['rules', 'explain', 'care/everything', ...argv])
    remove()
    expect(replaced.error).toContain('The rule "care/everything" stands in its place there.')
    expect(stands.out).toContain('It stands in the place of care/old: It is our own.')
  })
})

describe('the rules that Waymark ships', () => {
  const policy = realPolicy()
  const local = localFacts({ policy, partnership: 'national' }, '2026-11-02')

  it('can each be said in plain sentences, on lines that fit a terminal', () => {
    expect(policy.rules.length).toBeGreaterThan(300)
    for (const rule of policy.rules) {
      const reference = referenceTo(policy, rule)
      const words = ruleWords(policy, rule, local)
      const said = ruleText(plainConsole, { whose: rule.layer, reference, rule, words })
      expect(said).not.toMatch(/undefined|\[object|\bnull\b|\.\.$| {3}\S+ is \./m)
      expect(said.split('\n').filter((line) => line.length > 100)).toEqual([])
      expect(words.asks.length).toBeGreaterThan(0)
      expect(words.does.length).toBeGreaterThanOrEqual(rule.then.length)
    }
  })
})
