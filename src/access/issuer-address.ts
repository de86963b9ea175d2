import type { Problem } from '../domain/problem.ts'

const loopback = ['127.0.0.1', '[::1]', 'localhost']

/** Whether an address is on this computer, where nobody listens on the way. */
export const isLoopback = (address: URL): boolean => loopback.includes(address.hostname)

/**
 * Why keys, tokens and people may not be sent to an address or fetched from it, or nothing where
 * they may: it must be `https`, or `http` on this computer, and hold no password.
 */
export function unsafeAddress(address: string, what: string): Problem | undefined {
  const mend = 'Write an address that begins with https://.'
  if (!URL.canParse(address)) return { message: `${what} is not an address.`, mend }
  const url = new URL(address)
  if (url.username !== '' || url.password !== '')
    return { message: `${what} holds a name or a password.`, mend: 'Leave them out.' }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return undefined
  return { message: `${what} is not encrypted on the way.`, mend }
}
