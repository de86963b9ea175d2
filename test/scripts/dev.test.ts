import { describe, expect, it } from 'vitest'
import { again } from '../../scripts/dev/again.ts'

/** Work that a test ends itself, one piece after the other. */
function pieces() {
  const begun: (() => void)[] = []
  let done = 0
  const work = again(async () => {
    await new Promise<void>((end) => begun.push(end))
    done += 1
  })
  return { work, begun, done: () => done }
}

describe('to start again after a change', () => {
  it('is done at once, and each time', async () => {
    const { work, begun, done } = pieces()
    for (const times of [1, 2, 3]) {
      const ended = work()
      begun.at(-1)?.()
      await ended
      expect([begun.length, done()]).toEqual([times, times])
    }
  })

  it('is never done twice at once, and once more for all changes that came meanwhile', async () => {
    const { work, begun, done } = pieces()
    const ended = Promise.all([work(), work(), work()])
    expect(begun).toHaveLength(1)
    begun[0]?.()
    while (begun.length < 2) await Promise.resolve()
    expect(done()).toBe(1)
    begun[1]?.()
    await ended
    expect([begun.length, done()]).toEqual([2, 2])
  })
})
