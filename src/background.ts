import { appendFile } from 'node:fs/promises'
import type { Deps } from './casework/casework.ts'
import { clearOutbox, relay } from './casework/relay.ts'
import { sweep } from './casework/sweep.ts'

/**
 * What the service does beside answering: due dates become events and notices, and approved rules
 * come into force, at the start and every minute; what others are told goes to a file, a line each,
 * every five seconds where one is named; every hour, what was handed on long ago, or is taken by
 * nobody, is cleared. What fails is reported and tried again the next time.
 * @returns stops all of it
 */
export function startBackground(
  casework: Deps,
  own: {
    outbox: string | undefined
    useRules: () => Promise<void>
    report: (line: string) => void
  },
): () => void {
  const { outbox, useRules, report } = own
  const { alone } = casework.store
  let stopped = false
  // What the end of the service cut short is not a failure.
  const attempt = (work: Promise<unknown>, failed: string) =>
    work.catch((error: Error) => stopped || report(`${failed}: ${error.name}`))
  const sweepNow = () => {
    attempt(
      alone('sweep', () => sweep(casework, { limit: 500 })),
      'The sweeper failed',
    )
    attempt(alone('rules', useRules), 'The rules in force could not be looked up')
  }
  const clearNow = () =>
    attempt(
      alone('clear', () => clearOutbox(casework, outbox !== undefined)),
      'The outbox was not cleared',
    )
  const relayNow = (file: string) =>
    attempt(
      alone('relay', () =>
        relay(casework, (messages) =>
          appendFile(file, messages.map((one) => `${JSON.stringify(one)}\n`).join(''), {
            flush: true,
          }),
        ),
      ),
      'The outbox was not handed on',
    )
  const timers = [setInterval(sweepNow, 60_000), setInterval(clearNow, 60 * 60_000)]
  if (outbox) timers.push(setInterval(() => relayNow(outbox), 5_000))
  sweepNow()
  clearNow()
  return () => {
    stopped = true
    timers.forEach(clearInterval)
  }
}
