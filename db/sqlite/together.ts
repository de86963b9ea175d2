/** One thing that waits to be done with others. */
type Waiting<W, R> = { what: W; done: (value: R) => void; failed: (error: unknown) => void }

/** What came of one of a group: its value, or why it alone could not be done. */
export type Came<R> = { value: R } | { error: unknown }

/**
 * Gathers what is asked for in one turn of the event loop and does it together, so that many share
 * the one wait for the disk. Nothing waits for company: what comes alone is done in the same turn,
 * and what comes while a group is done is the next group.
 * @param doAll does a group: what came of each, in order; where it throws, all of them failed
 * @param most how many at once
 */
export function together<W, R>(
  doAll: (group: readonly W[]) => Promise<readonly Came<R>[]>,
  most = 256,
): { add(what: W): Promise<R>; idle(): Promise<void> } {
  const waiting: Waiting<W, R>[] = []
  let running: Promise<void> | undefined
  const doGroup = async (group: readonly Waiting<W, R>[]) => {
    try {
      const came = await doAll(group.map(({ what }) => what))
      group.forEach((one, i) => {
        const its = came[i] ?? { error: new Error('Nothing came of it.') }
        if ('value' in its) one.done(its.value)
        else one.failed(its.error)
      })
    } catch (error) {
      for (const one of group) one.failed(error)
    }
  }
  const run = async () => {
    // All that was asked for in this turn is there when its input has been read.
    await new Promise<void>((next) => setImmediate(next))
    while (waiting.length > 0) await doGroup(waiting.splice(0, most))
    running = undefined
  }
  return {
    add: (what) =>
      new Promise<R>((done, failed) => {
        waiting.push({ what, done, failed })
        running ??= run()
      }),
    idle: async () => {
      while (running) await running
    },
  }
}
