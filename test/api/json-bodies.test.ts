import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { always } from '../support/always.ts'
import { post, questions, recommendations, smallApi } from '../support/api.ts'

/**
 * What a reader of JSON must take, must refuse, and may do either way, after the idea of
 * JSONTestSuite (the texts are our own). A body that is JSON but no referral is 422, never 400.
 */

const app = smallApi()
const text = (bytes: number[]) => Uint8Array.from(bytes)
const view = (inside: string) => `{"facts":{"victim.view":"${inside}"}}`
const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`

const isJson: [string, string | Uint8Array][] = [
  ['space on all sides', ' \t\r\n{ "facts" : { } } \n'],
  ['every escape', view('a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9')],
  ['an escaped NUL', view('a\\u0000b')],
  ['a DEL character', view('a\u007fb')],
  ['line and paragraph separators', view('a\u2028\u2029b')],
  ['a noncharacter', view('a\uffffb')],
  ['four-byte UTF-8', view('\u{1f642}')],
  ['an escaped pair of surrogates', view('\\uD83D\\uDE42')],
  ['an exponent', '{"facts":{"child.earlier_convictions":1E+0}}'],
  ['a list that is empty', '{"victims":[]}'],
  ['64 levels', deep(64)],
  ['a lonely number', '42'],
  ['a lonely text', '"\\u0000"'],
  ['a lonely null', 'null'],
  ['a very small number', '[1e-400]'],
  ['a very long number', `[${'1'.repeat(10_000)}]`],
]

const isNotJson: [string, string | Uint8Array][] = [
  ['nothing', ''],
  ['space alone', '   '],
  ['two values', '{}{}'],
  ['a value and a bracket', '{}]'],
  ['a comma at the end', '{"facts":{},}'],
  ['a comma alone', '[,]'],
  ['two commas', '[1,,2]'],
  ['a missing colon', '{"facts" {}}'],
  ['a key without quotes', '{facts:{}}'],
  ['single quotes', "{'facts':{}}"],
  ['a number as a key', '{1:1}'],
  ['a leading nought', '[01]'],
  ['a leading plus', '[+1]'],
  ['a point without a figure', '[1.]'],
  ['a figure missing before the point', '[.5]'],
  ['a hexadecimal number', '[0x10]'],
  ['an exponent without a figure', '[1e]'],
  ['a minus alone', '[-]'],
  ['NaN', '[NaN]'],
  ['Infinity', '[-Infinity]'],
  ['True', '[True]'],
  ['undefined', '[undefined]'],
  ['a comment', '{/* nothing */}'],
  ['a line feed inside a text', view('a\nb')],
  ['a tab inside a text', view('a\tb')],
  ['a NUL inside a text', view('a\u0000b')],
  ['an unknown escape', view('\\x41')],
  ['half an escape', view('\\u00e')],
  ['a text without its end', '{"facts'],
  ['a no-break space', '{\u00a0}'],
  ['a byte order mark', '\ufeff{}'],
  ['an overlong slash', text([0x22, 0xc0, 0xaf, 0x22])],
  ['a surrogate in UTF-8', text([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['Latin-1', text([0x22, 0xe9, 0x22])],
  ['UTF-16', text([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ['a lone surrogate, escaped', view('\\uDE42')],
  ['a pair the wrong way round', view('\\uDE42\\uD83D')],
  ['a key twice', '{"facts":{},"facts":{}}'],
  ['65 levels', deep(65)],
  ['a hundred thousand levels', '['.repeat(100_000)],
]

describe.each([recommendations, questions])('%s', (path) => {
  it.each(isJson)('takes for JSON: %s', async (_, body) => {
    expect([200, 422]).toContain((await post(app, path, body)).status)
  })

  it.each(isNotJson)('does not take for JSON: %s', async (_, body) => {
    expect((await post(app, path, body)).status).toBe(400)
  })

  it('never breaks, whatever JSON it is sent', async () => {
    const ids = fc.constantFrom('child.date_of_birth', 'offence.date', 'victim.view', '__proto__')
    const facts = fc.dictionary(fc.oneof(ids, fc.string()), fc.jsonValue())
    const key = fc.constantFrom('facts', 'offences', 'victims', 'notKnown', 'asAt', 'partnership')
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(key, fc.oneof(facts, fc.array(facts), fc.jsonValue())),
    )
    await always(body, 200, async (sent) => {
      expect((await post(app, path, JSON.stringify(sent))).status).toBeLessThan(500)
    })
  })

  it('never breaks, whatever days it is told', async () => {
    const year = fc.constantFrom('0000', '0001', '1899', '2011', '2026', '9981', '9999')
    const day = fc
      .tuple(year, fc.constantFrom('01-01', '02-28', '02-29', '12-31'))
      .map((of) => of.join('-'))
    const given = fc.record({ asAt: day, born: day, on: day, evidence: day })
    await always(given, 100, async ({ asAt, born, on, evidence }) => {
      const facts = { 'child.date_of_birth': born, 'offence.evidence_sufficient_on': evidence }
      const offences = [{ 'offence.code': 'twoc', 'offence.date': on, 'offence.domestic': 'none' }]
      expect((await post(app, path, { asAt, facts, offences })).status).toBeLessThan(500)
    })
  })
})
