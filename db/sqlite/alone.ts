import type { CaseStore } from '../../src/casework/ports.ts'

/**
 * One process works on a SQLite database, so what runs alone runs alone in this process: whoever
 * comes meanwhile is told that it is being done.
 */
export function alone(): CaseStore['alone'] {
  const running = new Set<string>()
  return async (what, work) => {
    if (running.has(what)) return undefined
    running.add(what)
    try {
      return await work()
    } finally {
      running.delete(what)
    }
  }
}
