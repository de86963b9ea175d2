import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/domain/problem.ts'
import { readYaml, valueAt, type YamlFile } from '../../src/rules/yaml-file.ts'
import { effortOf, usualEffortOf } from '../support/effort.ts'
import { realRulesFolder } from '../support/real-rules.ts'

const read = (text: string) => readYaml({ path: 'a.yaml', bytes: Buffer.from(text) })

function readable(text: string): YamlFile {
  const yaml = read(text)
  if (!yaml.ok) throw new Error(yaml.problems.map(({ message }) => message).join('\n'))
  return yaml.value
}

function problemsOf(text: string): Problem[] {
  const yaml = read(text)
  return yaml.ok ? [] : yaml.problems
}

/** `line:column` of a problem. */
const place = ({ line, column }: Problem) => `${line}:${column}`

describe('what is written is what is read', () => {
  it.each([
    ['yes', 'yes'],
    ['no', 'no'],
    ['on', 'on'],
    ['2026-04-01', '2026-04-01'],
    ['12:30', '12:30'],
    ['s.50', 's.50'],
    ['"10"', '10'],
    ['1_000', '1_000'],
  ])('%s stays text', (written, expected) => {
    expect(readable(`a: ${written}`).value).toEqual({ a: expected })
  })

  it.each([
    ['10', 10],
    ['010', 10],
    ['-3', -3],
    ['true', true],
    ['', null],
    ['~', null],
  ])('"%s" is not text', (written, expected) => {
    expect(readable(`a: ${written}`).value).toEqual({ a: expected })
  })

  it('a text may have letters of any language, as long as a word keeps to one alphabet', () => {
    const text = 'Siân, Łukasz, Ημέρα and Олена live at 5 Rue de l’Église. 🙂'
    expect(readable(`a: "${text}"`).value).toEqual({ a: text })
  })

  it.each(['Оlena', 'ch\u0456ld', 'age_аt', 'ο.fact'])('%s mixes two alphabets', (word) => {
    expect(problemsOf(`a: ${word}`)[0]?.message).toContain('is from another alphabet.')
  })

  it('the key of something that every object has is a key like any other', () => {
    const { value } = readable('toString: 1\nhasOwnProperty: 2')
    expect(valueAt(value, ['toString'])).toBe(1)
    expect(valueAt(value, ['valueOf'])).toBeUndefined()
  })
})

describe('a problem stands where a person looks for it', () => {
  const yaml = readable(
    ['# a rule', 'id: a/b', 'when:', '  all:', '    - { fact: x, value: [1, 2] }', 'empty:'].join(
      '\n',
    ),
  )
  it.each([
    ['the value of a key', ['id'], 'value', '2:5'],
    ['a key', ['id'], 'key', '2:1'],
    ['the key of a group', ['when', 'all'], 'key', '4:3'],
    ['an item of a list', ['when', 'all', 0], 'value', '5:7'],
    ['a value in braces', ['when', 'all', 0, 'value'], 'value', '5:25'],
    ['an item in brackets', ['when', 'all', 0, 'value', 1], 'value', '5:29'],
    ['what comes nearest to a key that is not there', ['when', 'any'], 'value', '4:3'],
    ['the first key, where something is missing from the file', [], 'value', '2:1'],
  ] as const)('%s', (_, path, at, expected) => {
    expect(place(yaml.problem(path, 'Wrong.', undefined, at))).toBe(expected)
  })

  it('and the line ends of Windows do not move it', () => {
    const windows = readable('# a rule\r\nid: a/b\r\ntitle: T\r\n')
    expect(place(windows.problem(['title'], 'Wrong.'))).toBe('3:8')
  })

  it('a message that quotes a very long text is cut', () => {
    expect(yaml.problem([], 'x'.repeat(5000)).message).toHaveLength(1000)
  })
})

describe('a file has its limits', () => {
  const kibibyte = 1024
  const facts = readFileSync(join(realRulesFolder, 'facts.yaml'), 'utf8')
  const usual = usualEffortOf(() => read(facts))
  const long = (bytes: number) => `a: ${'x'.repeat(bytes - 3)}`

  it('256 KiB are read and one byte more is not', () => {
    expect(problemsOf(long(256 * kibibyte))).toEqual([])
    expect(problemsOf(long(256 * kibibyte + 1))[0]?.message).toBe(
      'The file is 257 KiB; the most is 256 KiB.',
    )
  })

  it('24 brackets inside each other are read and 25 are not', () => {
    const nested = (depth: number) => `a: ${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(problemsOf(nested(24))).toEqual([])
    expect(problemsOf(nested(25))[0]?.message).toBe('Things are nested more than 24 deep.')
  })

  it('repeated keys are found in a set of keys of any size', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `key${i}: 1`)
    expect(problemsOf(keys.join('\n'))).toEqual([])
    expect(problemsOf([...keys, 'key7: 2'].join('\n')).map(place)).toEqual(['5001:1'])
  })

  it.each([
    ['a hundred thousand keys', `{${'a, '.repeat(80_000)}}`],
    ['a hundred thousand lists of lists', `[${'[1],'.repeat(60_000)}]`],
    [
      'eight thousand anchors',
      Array.from({ length: 8000 }, (_, i) => `a${i}: &a${i} 1`).join('\n'),
    ],
    ['eight thousand tags', Array.from({ length: 8000 }, (_, i) => `a${i}: !t 1`).join('\n')],
    ['a hundred thousand dashes', '- '.repeat(100_000)],
    ['ten thousand question marks', '? '.repeat(10_000)],
    ['two hundred thousand brackets', '['.repeat(200_000)],
    ['a hundred thousand quotation marks', 'a: "'.repeat(50_000)],
    ['one word of 200,000 letters', `a: ${'x'.repeat(200_000)}`],
    ['one word of another alphabet', `a: ${'я'.repeat(100_000)}`],
    ['a hundred thousand empty lines', '\n'.repeat(100_000)],
    [
      'keys indented ever further',
      Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ],
  ])('the answer to %s costs less than to read our own facts ten times', (_, text) => {
    expect(effortOf(() => read(text))).toBeLessThan(10 * usual)
  })
})

describe('whatever the bytes', () => {
  const piece = fc.constantFrom(
    ...['a', 'b: ', ': ', '- ', '? ', '{', '}', '[', ']', ', ', '\n', '\n  ', '\t', '"', "'"],
    ...['&a ', '*a', '!t ', '!!map ', '<<: ', '| ', '> ', '#', '---\n', '...\n', '%YAML 1.1\n'],
    ...['__proto__: ', 'null', '\r', '\u0000', 'я', '\ufeff', '\u00a0', '\\'],
  )

  it('a file is read or refused with a place inside it, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        const lines = text.split('\n')
        for (const { message, line = 0, column = 0 } of problemsOf(text)) {
          expect(message).not.toMatch(/undefined|\[object/)
          expect(line).toBeGreaterThan(0)
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeGreaterThan(0)
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
        }
        expect(({} as { polluted?: string }).polluted).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })

  it('bytes that are no text at all are refused or read, never thrown at the caller', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const yaml = readYaml({ path: 'a.yaml', bytes })
        expect(yaml.ok || yaml.problems.length > 0).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
