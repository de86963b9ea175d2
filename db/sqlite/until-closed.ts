import { StoreClosedToWrites } from '../../src/casework/ports.ts'

/** Counts the calls that are under way, so that a store is closed after them and takes none then. */
export function underWay() {
  let calls = 0
  let closing = false
  let quiet: (() => void) | undefined
  const left = () => {
    calls -= 1
    if (calls === 0) quiet?.()
  }
  return {
    /** The same calls, counted. @param always those that answer also once it is closed */
    counted: <S extends object>(store: S, always: readonly (keyof S)[] = []): S =>
      Object.fromEntries(
        Object.entries(store).map(([name, call]) => [
          name,
          typeof call === 'function' && !always.includes(name as keyof S)
            ? async (...given: unknown[]) => {
                if (closing) throw new StoreClosedToWrites('The store is closed.')
                calls += 1
                return Promise.resolve(call(...given)).finally(left)
              }
            : call,
        ]),
      ) as S,
    /** Takes no more calls, and answers when those under way have ended. */
    ended: async () => {
      closing = true
      if (calls > 0) await new Promise<void>((done) => (quiet = done))
    },
  }
}
