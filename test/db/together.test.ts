import { describe, expect, it } from 'vitest'
import { type Came, together } from '../../db/sqlite/together.ts'

describe('what is asked for together', () => {
  /** Doubles numbers, in groups of three; -1 alone cannot be done, and with 0 nothing can. */
  function doubling() {
    const groups: (readonly number[])[] = []
    const queue = together<number, number>(async (group) => {
      groups.push(group)
      if (group.includes(0)) throw new Error('none of them')
      return group.map(
        (n): Came<number> => (n < 0 ? { error: new Error('not this') } : { value: 2 * n }),
      )
    }, 3)
    return { groups, queue }
  }

  it('is done in groups that are full, and each gets its own answer', async () => {
    const { groups, queue } = doubling()
    expect(await Promise.all([1, 2, 3, 4, 5, 6, 7].map(queue.add))).toEqual([
      2, 4, 6, 8, 10, 12, 14,
    ])
    expect(groups).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  })

  it('is done but for the one that cannot be', async () => {
    const { queue } = doubling()
    const all = await Promise.allSettled([1, -1, 3, 4].map(queue.add))
    expect(all.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
  })

  it('fails as a group where the group fails, and the next group is done', async () => {
    const { queue } = doubling()
    const all = await Promise.allSettled([1, 0, 3, 4].map(queue.add))
    expect(all.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ])
  })

  it('waits for what comes while a group is done, and is idle after the last', async () => {
    const { groups, queue } = doubling()
    const late: Promise<number>[] = []
    const first = queue.add(1).then((n) => {
      late.push(queue.add(2))
      return n
    })
    await first
    await queue.idle()
    expect(await Promise.all(late)).toEqual([4])
    expect(groups).toEqual([[1], [2]])
  })
})
