import { expect, it } from 'vitest'
import { smallEnough } from '../../src/api/largest-answer.ts'

it.each([
  ['as many bytes as it may have', 'x'.repeat(1_048_574), true],
  ['one byte more', 'x'.repeat(1_048_575), false],
  ['as many in letters of two bytes', 'é'.repeat(524_287), true],
  ['one letter of two bytes more', 'é'.repeat(524_288), false],
])('an answer of %s', (_, value, fits) => {
  const most = 1024 * 1024
  const answer = smallEnough(value, most)
  expect(answer.ok).toBe(fits)
  if (answer.ok) expect(Buffer.byteLength(answer.value)).toBe(most)
  else
    expect(answer.problems).toEqual([
      {
        message: 'The answer would have more than 1 MiB.',
        mend: 'Ask with fewer offences or victims at a time, or with shorter texts.',
      },
    ])
})
