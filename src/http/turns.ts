/** Waits until it is one's turn. */
export type Turns = () => Promise<void>

/**
 * Strangers are let in one at a time, and between two of them everything has its turn that came
 * meanwhile. So a member waits for one stranger at most, however many stand there.
 */
export function inTurns(): Turns {
  const waiting: (() => void)[] = []
  const letIn = () => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(letIn)
  }
  return () =>
    new Promise((turn) => {
      waiting.push(turn)
      if (waiting.length === 1) setImmediate(letIn)
    })
}
