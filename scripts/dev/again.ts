/**
 * Does some work whenever it is asked for, never twice at once. However often it is asked for while
 * it is at work, it is done once more after that.
 */
export function again(work: () => Promise<void>): () => Promise<void> {
  let asked = false
  let under: Promise<void> | undefined
  const whileAsked = async () => {
    while (asked) {
      asked = false
      await work()
    }
    under = undefined
  }
  return () => {
    asked = true
    under ??= whileAsked()
    return under
  }
}
