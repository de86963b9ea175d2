import { describe, expect, test } from 'vitest'
import type { Policy } from '../../src/rules/policy.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import { composeRuleSet, localFacts, rulesInForce } from '../../src/rules/rule-set.ts'
import type { Rule } from '../../src/rules/schema.ts'
import type { SourceFile } from '../../src/rules/yaml-file.ts'
import { is, policyOf, policyWith, rule, smallRulesFolder } from '../support/policy-with.ts'
import { ruleSetOf } from '../support/real-rules.ts'
import { rewritten } from '../support/rewritten.ts'

const saying = (note: string) => ({
  when: is('child.care_status', 'looked-after'),
  then: [{ consider: { note } }],
})
const dated = (id: string, in_force: Rule['in_force'], more: Partial<Rule> = {}) =>
  rule(id, { ...saying(`${id} from ${in_force.from}`), in_force, ...more })

/** The ids of the rules in force on a day, with the layer of those that are not national. */
const inForce = (rules: readonly Rule[], asAt: string, partnership = 'national') =>
  rulesInForce(ruleSetOf(policyWith(rules), partnership), asAt).map(({ id, layer }) =>
    layer === 'national' ? id : `${layer} ${id}`,
  )

describe('a rule is in force', () => {
  const rules = [dated('tests/one', { from: '2026-02-12', until: '2026-10-31' })]

  test('from its first day, and not on the day before', () => {
    expect(inForce(rules, '2026-02-11')).toEqual([])
    expect(inForce(rules, '2026-02-12')).toEqual(['tests/one'])
  })

  test('until its last day, and not on the day after', () => {
    expect(inForce(rules, '2026-10-31')).toEqual(['tests/one'])
    expect(inForce(rules, '2026-11-01')).toEqual([])
  })

  test('for ever where it has no last day', () => {
    expect(inForce([dated('tests/one', { from: '2026-02-12' })], '2099-12-31')).toHaveLength(1)
  })

  test('from the day from which we apply it, where its date is not stated', () => {
    const unread = [dated('tests/one', { from: 'not-stated', applied_from: '2013-04-08' })]
    expect(inForce(unread, '2013-04-07')).toEqual([])
    expect(inForce(unread, '2013-04-08')).toEqual(['tests/one'])
  })

  test('never, where its date is neither stated nor applied', () => {
    expect(inForce([dated('tests/one', { from: 'not-stated' })], '2026-11-02')).toEqual([])
  })

  test('one version at a time, with no day between a rule and its successor', () => {
    const versions = [
      dated('tests/one', { from: '2015-04-01', until: '2023-08-31' }),
      dated('tests/one', { from: '2023-09-01', until: '2026-02-11' }),
      dated('tests/one', { from: '2026-02-12' }),
    ]
    const on = (asAt: string) =>
      rulesInForce(ruleSetOf(policyWith(versions)), asAt).map(({ in_force }) => in_force.from)
    expect(on('2023-08-31')).toEqual(['2015-04-01'])
    expect(on('2023-09-01')).toEqual(['2023-09-01'])
    expect(on('2026-02-11')).toEqual(['2023-09-01'])
    expect(on('2026-02-12')).toEqual(['2026-02-12'])
  })
})

describe("a partnership's own rule", () => {
  const local = dated('tests/local', { from: '2024-01-01' }, { layer: 'derby' })
  const replacing = dated(
    'tests/instead',
    { from: '2024-01-01', until: '2025-12-31' },
    { layer: 'derby', replaces: { id: 'tests/one', because: 'It fits better here.' } },
  )
  const national = [
    dated('tests/one', { from: '2013-04-08', until: '2025-06-30' }),
    dated('tests/one', { from: '2025-07-01' }),
    dated('tests/other', { from: '2013-04-08' }),
  ]

  test('holds in that partnership, beside the national rules, and nowhere else', () => {
    const rules = [...national, local]
    expect(inForce(rules, '2024-06-01', 'derby')).toEqual([
      'derby tests/local',
      'tests/one',
      'tests/other',
    ])
    expect(inForce(rules, '2024-06-01')).toEqual(['tests/one', 'tests/other'])
  })

  test('that replaces a national one stands in its place from its first day to its last', () => {
    const on = (asAt: string) => inForce([...national, replacing], asAt, 'derby')
    expect(on('2023-12-31')).toEqual(['tests/one', 'tests/other'])
    expect(on('2024-01-01')).toEqual(['derby tests/instead', 'tests/other'])
    expect(on('2025-12-31')).toEqual(['derby tests/instead', 'tests/other'])
  })

  test('gives way to the national one again on the day after it ends', () => {
    const after = rulesInForce(
      ruleSetOf(policyWith([...national, replacing]), 'derby'),
      '2026-01-01',
    )
    expect(after.map(({ id, in_force }) => `${id} ${in_force.from}`)).toEqual([
      'tests/one 2025-07-01',
      'tests/other 2013-04-08',
    ])
  })

  test('replaces the successors of the national rule too', () => {
    const on = (asAt: string) => inForce([...national, replacing], asAt, 'derby')
    expect(on('2025-06-30')).not.toContain('tests/one')
    expect(on('2025-07-01')).not.toContain('tests/one')
  })

  test('replaces nothing for the national rules alone', () => {
    expect(inForce([...national, replacing], '2024-06-01')).toContain('tests/one')
  })
})

describe('a partnership that is not known', () => {
  test.each(['derbi', 'constructor', '__proto__', ''])('"%s" is refused', (partnership) => {
    expect(composeRuleSet(policyWith([]), partnership).ok).toBe(false)
  })

  test('is answered with those that are, and with what was probably meant', () => {
    const result = composeRuleSet(policyWith([]), 'derbi')
    if (result.ok) throw new Error('derbi was found')
    expect(result.problems).toEqual([
      {
        message: 'I don\'t know the partnership "derbi". Did you mean "derby"?',
        mend: 'Partnerships here are: national, derby.',
        pointer: '/partnership',
      },
    ])
  })
})

describe('the digest', () => {
  const { files } = readFolder(smallRulesFolder)
  const digest = (some: readonly SourceFile[], partnership = 'derby') =>
    ruleSetOf(policyOf(some), partnership).digest
  const untouched = digest(files)

  const edit = (path: string, change: (text: string) => string): SourceFile[] =>
    files.map((file) => {
      if (file.path !== path) return file
      const before = new TextDecoder().decode(file.bytes)
      const after = change(before)
      if (after === before) throw new Error(`nothing changed in ${path}`)
      return { ...file, bytes: new TextEncoder().encode(after) }
    })
  const replace = (path: string, from: string, to: string) =>
    edit(path, (text) => text.replace(from, to))
  const underTen = 'rules/national/exclusions/under-ten.yaml'

  test('says how it was made', () => {
    expect(untouched).toMatch(/^sha256-[0-9a-f]{64}$/)
  })

  test('is the same however the keys of the files are ordered and wrapped', () => {
    expect(digest(rewritten(files))).toBe(untouched)
  })

  test('is the same whatever comments say', () => {
    expect(digest(edit(underTen, (text) => `# A comment.\n${text}# Another.\n`))).toBe(untouched)
  })

  test('is the same whatever the examples are', () => {
    expect(digest(replace(underTen, 'A nine-year-old', 'A child of nine'))).toBe(untouched)
    expect(
      digest(replace(underTen, 'child.age_at_offence: 9 }', 'child.age_at_offence: 8 }')),
    ).toBe(untouched)
  })

  test('is the same whatever the files are called and in whatever order they come', () => {
    const renamed = files.map((file) =>
      file.path === underTen ? { ...file, path: 'rules/national/zz/renamed.yaml' } : file,
    )
    expect(digest(renamed)).toBe(untouched)
    expect(digest([...files].reverse())).toBe(untouched)
  })

  test('is the same whichever of two versions has the plain file name', () => {
    const version = (applied_from: string, until?: string) =>
      dated('tests/one', { from: 'not-stated', applied_from, ...(until ? { until } : {}) })
    const early = version('2015-04-01', '2023-08-31')
    const late = version('2023-09-01')
    const named = (rules: Rule[]) =>
      ruleSetOf(policyWith(rules.map((one, i) => ({ ...one, file: `rules/${i}.yaml` })))).digest
    expect(named([early, late])).toBe(named([late, early]))
  })

  test.each<[string, SourceFile[]]>([
    ['a test of a rule', replace(underTen, 'lessThan,', 'lessThanInclusive,')],
    ['an effect of a rule', replace(underTen, 'route: safeguarding', 'route: police')],
    ['the disposals of an effect', replace(underTen, 'community-resolution, ', '')],
    ['the title of a rule', replace(underTen, 'The child was under ten', 'Under ten')],
    ['why a rule matters', replace(underTen, 'Offer help', 'Give help')],
    [
      'the authority of a rule',
      replace(underTen, 'authority: statute', 'authority: local-default'),
    ],
    ['the first day of a rule', replace(underTen, '2013-04-08', '2013-04-09')],
    ['the place in a source', replace(underTen, 's.50', 's.51')],
    ['a question', replace('rules/facts.yaml', 'When was the child born?', 'Born when?')],
    ['a source', replace('rules/sources.yaml', 'read-in-part', 'read')],
    ['a parameter', replace('rules/parameters.yaml', 'value: 10', 'value: 12')],
    ['a disposal', replace('rules/disposals.yaml', 'No further action', 'Nothing more')],
    ['an offence', replace('rules/offences.csv', 'robbery,indictable-only', 'robbery,either-way')],
    ['a bank holiday', replace('rules/bank-holidays.yaml', '2026-08-31', '2026-08-24')],
    [
      'the partnership itself',
      replace('rules/partnerships/derby/partnership.yaml', 'Derby', 'Derby City'),
    ],
  ])('is another one when %s is', (_what, changed) => {
    expect(digest(changed)).not.toBe(untouched)
  })

  test('is another one for each partnership', () => {
    expect(digest(files, 'national')).not.toBe(untouched)
  })

  test('of a partnership depends on its own rules and not on those of others', () => {
    const derby = policyWith([])
    const two: Policy = {
      ...derby,
      partnerships: {
        ...derby.partnerships,
        elsewhere: { ...derby.partnerships.derby, id: 'elsewhere' },
      } as Policy['partnerships'],
    }
    const own = dated('tests/local', { from: '2024-01-01' }, { layer: 'derby' })
    const withOwn = { ...two, rules: [own] }
    expect(ruleSetOf(withOwn, 'derby').digest).not.toBe(ruleSetOf(two, 'derby').digest)
    expect(ruleSetOf(withOwn, 'elsewhere').digest).toBe(ruleSetOf(two, 'elsewhere').digest)
    expect(ruleSetOf(withOwn, 'national').digest).toBe(ruleSetOf(two, 'national').digest)
  })
})

describe('parameters and provisions', () => {
  const source = { ref: 'waymark-default', at: 'a test' }
  const policy = policyWith([])
  const here: Policy = {
    ...policy,
    parameters: {
      'parameter.review_days': {
        title: 'How soon',
        values: [
          { from: '2020-01-01', until: '2025-12-31', value: 28, source },
          { from: '2026-01-01', value: 14, source },
        ],
      },
    },
    partnerships: {
      derby: {
        ...policy.partnerships.derby,
        parameters: {
          'parameter.review_days': [{ from: '2024-01-01', until: '2026-06-30', value: 7, source }],
        },
        provisions: {
          'provision.driving_programme': [
            {
              from: 'not-stated',
              applied_from: '2024-02-05',
              until: '2026-03-31',
              value: 'no',
              source,
            },
            { from: '2026-04-01', value: 'yes', source },
          ],
        },
      },
    } as Policy['partnerships'],
  }
  const on = (asAt: string, partnership: string) => localFacts({ policy: here, partnership }, asAt)

  test('have the value of the day: the old one until its last day, then the new one', () => {
    const days = (asAt: string) => on(asAt, 'national')['parameter.review_days']
    expect(days('2025-12-31')).toBe(28)
    expect(days('2026-01-01')).toBe(14)
  })

  test('are not known before their first day', () => {
    expect(on('2019-12-31', 'national')).toEqual({})
    expect(on('2024-02-04', 'derby')['provision.driving_programme']).toBeUndefined()
  })

  test('of a partnership go before the national ones while they hold, and give way afterwards', () => {
    const days = (asAt: string) => on(asAt, 'derby')['parameter.review_days']
    expect(days('2023-12-31')).toBe(28)
    expect(days('2024-01-01')).toBe(7)
    expect(days('2026-06-30')).toBe(7)
    expect(days('2026-07-01')).toBe(14)
  })

  test('of a partnership are not those of another', () => {
    expect(on('2026-05-01', 'national')['parameter.review_days']).toBe(14)
    expect(on('2026-05-01', 'national')['provision.driving_programme']).toBeUndefined()
  })

  test('say no until the day from which they say yes', () => {
    const programme = (asAt: string) => on(asAt, 'derby')['provision.driving_programme']
    expect(programme('2024-02-05')).toBe('no')
    expect(programme('2026-03-31')).toBe('no')
    expect(programme('2026-04-01')).toBe('yes')
  })
})
