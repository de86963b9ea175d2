import { describe, expect, test } from 'vitest'
import { didYouMean, fine, pointer, refuse } from '../../src/domain/problem.ts'

describe('a suggestion', () => {
  const known = ['child.age_now', 'child.age_at_offence', 'offence.date']

  test('is made for a slip of the pen', () => {
    expect(didYouMean('child.age_at_offense', known)).toBe(' Did you mean "child.age_at_offence"?')
  })

  test('does not mind capital letters, and is written as it is known', () => {
    expect(didYouMean('Offence.Date', known)).toBe(' Did you mean "offence.date"?')
    expect(didYouMean('derby', ['Derby'])).toBe(' Did you mean "Derby"?')
  })

  test('is made where two letters of a short word are wrong, and not where three are', () => {
    expect(didYouMean('noxx', ['none'])).toBe(' Did you mean "none"?')
    expect(didYouMean('nxxx', ['none'])).toBe('')
    expect(didYouMean('abcdefghixx', ['abcdefghijk'])).toBe(' Did you mean "abcdefghijk"?')
    expect(didYouMean('abcdefghxxx', ['abcdefghijk'])).toBe('')
  })

  test('is made where a third of a long word is wrong, and not where more is', () => {
    expect(didYouMean('abcdefghxxxx', ['abcdefghijkl'])).toBe(' Did you mean "abcdefghijkl"?')
    expect(didYouMean('abcdefgxxxxx', ['abcdefghijkl'])).toBe('')
  })

  test('is not made out of nothing', () => {
    expect(didYouMean('child.age_now', [])).toBe('')
    expect(didYouMean('weather', known)).toBe('')
  })
})

describe('a JSON Pointer', () => {
  test('of the whole document is empty', () => {
    expect(pointer()).toBe('')
  })

  test('names keys and places in lists', () => {
    expect(pointer('offences', 0, 'offence.code')).toBe('/offences/0/offence.code')
  })

  test('writes a tilde and a slash in a key so that they cannot be taken for steps', () => {
    expect(pointer('facts', 'a/b~c')).toBe('/facts/a~1b~0c')
    expect(pointer('~1')).toBe('/~01')
  })
})

test('a result is either a value or the reasons why there is none', () => {
  expect(fine(0)).toEqual({ ok: true, value: 0 })
  expect(refuse({ message: 'No.' }, { message: 'Nor this.' })).toEqual({
    ok: false,
    problems: [{ message: 'No.' }, { message: 'Nor this.' }],
  })
})
