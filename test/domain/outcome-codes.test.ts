import { describe, expect, it } from 'vitest'
import { agreedWithTheChild } from '../../src/domain/disposal-kinds.ts'
import { disposals } from '../../src/domain/lists.ts'
import { disposalsOfCode, outcomeCodes } from '../../src/domain/outcome-codes.ts'
import { realPolicy } from '../support/real-rules.ts'

const catalogue = realPolicy().disposals

describe('the outcome codes that say a disposal was given', () => {
  it('are those of the disposals that ask something of the child, as the catalogue has them', () => {
    const listed = outcomeCodes
      .map((code): [number, string[]] => [
        code,
        disposals.filter((id) =>
          catalogue
            .find((one) => one.id === id)
            ?.outcome_codes.some((one) => one.code === code && agreedWithTheChild.includes(id)),
        ),
      ])
      .filter(([, ids]) => ids.length > 0)
    expect(Object.fromEntries(listed)).toEqual(disposalsOfCode)
  })
})
