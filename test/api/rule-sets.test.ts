import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ruleReferenceSchema } from '../../src/domain/recommendation.ts'
import { problemSchema } from '../../src/http/problem.ts'
import { composeRuleSet } from '../../src/rules/rule-set.ts'
import { ruleSchema } from '../../src/rules/schema.ts'
import { fewRules, smallApi, smallPolicy } from '../support/api.ts'

const app = smallApi()
const summary = z.strictObject({
  partnership: z.string(),
  title: z.string(),
  digest: z.string().regex(/^sha256-[0-9a-f]{64}$/),
  rules: z.int(),
})

async function get(path: string) {
  const answer = await app.request(path)
  return { status: answer.status, body: (await answer.json()) as unknown }
}
async function problem(path: string) {
  const { status, body } = await get(path)
  const read = problemSchema.parse(body)
  expect(read.status).toBe(status)
  return read
}

describe('GET /v1/rule-sets', () => {
  it('lists the national rules and every partnership with the digest of its rules', async () => {
    const { status, body } = await get('/v1/rule-sets')
    const { ruleSets } = z.strictObject({ ruleSets: z.array(summary) }).parse(body)
    const derby = composeRuleSet(smallPolicy(), 'derby')
    expect(status).toBe(200)
    expect(ruleSets.map(({ partnership, rules }) => [partnership, rules])).toEqual([
      ['national', 3],
      ['derby', 4],
    ])
    expect(ruleSets[1]?.digest).toBe(derby.ok && derby.value.digest)
  })
})

describe('GET /v1/rule-sets/{partnership}', () => {
  const ids = async (path: string) => {
    const { body } = await get(path)
    const set = summary.extend({ asAt: z.string(), rules: z.array(z.object({ id: z.string() })) })
    return set.parse(body).rules.map(({ id }) => id)
  }

  it('lists the rules in force today where no day is named', async () => {
    expect(await ids('/v1/rule-sets/derby')).toEqual([
      'disposals/consent',
      'exclusions/under-ten',
      'panel/weekly',
    ])
  })

  it('lists the rules of the last day of a rule with it, and of the day after without it', async () => {
    expect(await ids('/v1/rule-sets/derby?asAt=2026-02-11')).toContain('knife/old-guidance')
    expect(await ids('/v1/rule-sets/derby?asAt=2026-02-12')).not.toContain('knife/old-guidance')
  })

  it('says of each rule whose it is, how it binds and whether to check it before use', async () => {
    const { body } = await get('/v1/rule-sets/derby')
    expect(body).toMatchObject({
      asAt: '2026-11-02',
      rules: [
        {},
        { authority: 'statute', layer: 'national', checkBeforeUse: true },
        { authority: 'local-protocol', layer: 'derby', in_force: { from: '2013-04-08' } },
      ],
    })
  })

  it('does not know a partnership that is not there, and says what may have been meant', async () => {
    expect(await problem('/v1/rule-sets/derbi')).toMatchObject({
      status: 404,
      detail: `I don't know the partnership "derbi". Did you mean "derby"?`,
    })
  })

  it.each(['__proto__', 'constructor', '..%2f..', '%00', '%E0%A4%A', ' '])(
    'does not know the partnership %s',
    async (name) => {
      expect(await problem(`/v1/rule-sets/${name}`)).toMatchObject({ status: 404 })
    },
  )

  it.each([
    ['2026-02-30', ['']],
    ['today', ['']],
    ['', ['']],
  ])('cannot use the day "%s"', async (day) => {
    expect(await problem(`/v1/rule-sets/derby?asAt=${day}`)).toMatchObject({
      status: 422,
      detail: 'asAt is a date, YYYY-MM-DD.',
    })
  })

  it('cannot use two days at once, rather than choose one', async () => {
    const two = await problem('/v1/rule-sets/derby?asAt=2013-01-01&asAt=2026-01-01')
    expect(two.status).toBe(422)
    expect(two.errors?.map(({ pointer }) => pointer)).toEqual(['/asAt'])
  })

  it('refuses a parameter that it does not know, rather than answer as at today', async () => {
    const misspelt = await problem('/v1/rule-sets/derby?asat=2013-01-01')
    expect(misspelt.status).toBe(422)
    expect(misspelt.errors).toEqual([
      { pointer: '/asat', detail: `I don't know the key "asat" here.` },
    ])
  })
})

describe('GET /v1/rule-sets/{partnership}/rules/{area}/{name}', () => {
  const underTen = '/v1/rule-sets/derby/rules/exclusions/under-ten'

  it('gives the rule as its file has it, with its source', async () => {
    const { status, body } = await get(underTen)
    const [first] = fewRules
    const { layer: _layer, file: _file, ...content } = first ?? {}
    expect(status).toBe(200)
    expect(body).toMatchObject({ layer: 'national', rule: content })
    const { reference } = z.object({ reference: ruleReferenceSchema.strict() }).parse(body)
    expect(reference.source).toEqual([
      {
        ref: 'waymark-default',
        title: "A default of Waymark's own",
        at: 'a test',
        confirmed: 'local-default',
      },
    ])
  })

  it('gives nothing but what a rule file may hold', async () => {
    const { body } = await get(underTen)
    const { rule } = z.object({ rule: z.record(z.string(), z.unknown()) }).parse(body)
    expect(Object.keys(ruleSchema.shape)).toEqual(expect.arrayContaining(Object.keys(rule)))
  })

  it('does not find a rule that is misspelt, and says what may have been meant', async () => {
    expect(await problem('/v1/rule-sets/derby/rules/exclusions/under-tn')).toMatchObject({
      status: 404,
      detail: expect.stringContaining('Did you mean "exclusions/under-ten"?'),
    })
  })

  it('does not find a rule of another partnership', async () => {
    expect((await get('/v1/rule-sets/derby/rules/panel/weekly')).status).toBe(200)
    expect((await get('/v1/rule-sets/national/rules/panel/weekly')).status).toBe(404)
  })

  it('finds a rule on its last day and not on the next', async () => {
    const old = '/v1/rule-sets/derby/rules/knife/old-guidance'
    expect((await get(`${old}?asAt=2026-02-11`)).status).toBe(200)
    expect((await get(`${old}?asAt=2026-02-12`)).status).toBe(404)
  })

  it('does not find a rule of a partnership that is not there', async () => {
    expect(await problem('/v1/rule-sets/atlantis/rules/panel/weekly')).toMatchObject({
      status: 404,
    })
  })

  it('cannot use a day that does not exist', async () => {
    expect(await problem(`${underTen}?asAt=2026-13-01`)).toMatchObject({ status: 422 })
  })
})
