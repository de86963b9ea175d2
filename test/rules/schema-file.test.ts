import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readFolder } from '../../src/rules/read-folder.ts'
import { hovers } from '../../src/rules/rule-hovers.ts'
import { type JsonSchema, ruleJsonSchema } from '../../src/rules/rule-json-schema.ts'
import type { RuleFile } from '../../src/rules/schema.ts'
import { realPolicy, realRulesFolder } from '../support/real-rules.ts'

const policy = realPolicy()
const schema = ruleJsonSchema(policy)
const reader = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])

const texts = new Map(
  readFolder(realRulesFolder).files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
)
const ruleFiles = policy.rules.map(({ file }) => file)
const fileOf = (path: string): RuleFile => parse(texts.get(path) ?? '')
const underTen = 'rules/national/exclusions/under-ten.yaml'

/** Every key of the schema with the keys around it, as rule-hovers.ts names them. */
function placesIn(node: JsonSchema, around = ''): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, one]) => {
    const place = around === '' ? key : `${around}.${key}`
    const isGroup = ['all', 'any', 'not'].includes(key)
    return [place, ...(place === 'examples.given' ? [] : placesIn(one, isGroup ? '' : key))]
  })
  const inside = [node.items, ...(node.anyOf ?? [])].flatMap((one) =>
    one ? placesIn(one, around) : [],
  )
  return [...own, ...inside]
}

describe("the editor's schema of rule files", () => {
  it('is the one that stands in rules/rule.schema.json; write it with scripts/write-rule-schema.ts', () => {
    const written = readFileSync(join(realRulesFolder, 'rule.schema.json'), 'utf8')
    // Compared as data first, so that a difference is shown by its place.
    expect(JSON.parse(written)).toEqual(schema)
    expect(written).toBe(`${JSON.stringify(schema, null, 2)}\n`)
  })

  it('takes every rule that Waymark ships', () => {
    const refused = ruleFiles.filter((file) => !reader.safeParse(fileOf(file)).success)
    expect(refused).toEqual([])
  })

  it('is found from the first line of every rule', () => {
    for (const file of ruleFiles) {
      const up = '../'.repeat(file.split('/').length - 2)
      expect(texts.get(file)).toMatch(`# yaml-language-server: $schema=${up}rule.schema.json\n`)
    }
  })

  it.each<[string, (rule: RuleFile) => unknown]>([
    ['a fact that is misspelt', (rule) => ({ ...rule, when: isTen('child.age_at_ofence') })],
    ['a protected characteristic', (rule) => ({ ...rule, when: isTen('child.ethnicity') })],
    ['a source that is misspelt', (rule) => ({ ...rule, source: [{ ref: 'cypa', at: 's.50' }] })],
    ['a key that is misspelt', (rule) => ({ ...rule, cover: [] })],
    ['an effect that does not exist', (rule) => ({ ...rule, then: [{ charge: {} }] })],
    ['two examples', (rule) => ({ ...rule, examples: rule.examples.slice(0, 2) })],
    [
      'an example with a fact that is misspelt',
      (rule) => ({
        ...rule,
        examples: rule.examples.map((one) => ({ ...one, given: { 'child.agenow': 9 } })),
      }),
    ],
    [
      'a clock that starts from an age',
      (rule) => ({
        ...rule,
        then: [
          {
            clock: {
              what: 'x',
              within: 'parameter.prosecution_limit_summary',
              from: 'child.age_now',
            },
          },
        ],
      }),
    ],
  ])('underlines %s', (_, change) => {
    expect(reader.safeParse(change(fileOf(underTen))).success).toBe(false)
  })

  it('lets covers hold anything, because the items are counted elsewhere', () => {
    expect(reader.safeParse({ ...fileOf(underTen), covers: ['X-99'] }).success).toBe(true)
  })

  it('explains every key of a rule in one line, and none that is not there', () => {
    const definitions = Object.values(schema.definitions ?? {}).flatMap((one) => placesIn(one))
    const places = new Set([...placesIn(schema), ...definitions])
    expect(Object.keys(hovers).filter((place) => !places.has(place))).toEqual([])
    expect([...places].filter((place) => hovers[place] === undefined)).toEqual([])
    for (const hover of Object.values(hovers)) expect(hover.length).toBeLessThanOrEqual(100)
  })
})

const isTen = (fact: string) => ({ all: [{ fact, operator: 'equal', value: 10 }] })
