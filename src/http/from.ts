import { BlockList, isIP, isIPv6 } from 'node:net'
import type { Context } from 'hono'

/** The socket of a request, where it came over one. */
export type Incoming = {
  incoming?: { socket?: { remoteAddress?: string }; rawHeaders?: readonly string[] }
}

/** Says where a request comes from, for counts in memory alone: it is written nowhere. */
export type From = (c: Context) => string

/**
 * Where requests come from: what the connection says, since what a header says can be made up. Where
 * the connection is a proxy's that we trust, it is the last address that the proxy itself named.
 * @param trusted the proxies: addresses, or whole networks as `10.0.0.0/8`
 */
export function whereFrom(trusted: readonly string[] = []): From {
  const proxies = blockOf(trusted)
  const isProxy = (address: string) =>
    trusted.length > 0 && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  return (c) => {
    const { incoming } = (c.env ?? {}) as Incoming
    const connection = plain(incoming?.socket?.remoteAddress ?? 'nowhere')
    if (isIP(connection) === 0 || !isProxy(connection)) return counted(connection)
    const named = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => plain(one.trim()))
    const last = named.findLast((one) => isIP(one) === 0 || !isProxy(one))
    return counted(last !== undefined && isIP(last) > 0 ? last : connection)
  }
}

/** Whether a text is an address, or a network with as many bits as it may have. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const kind = isIP(address)
  if (kind === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128))
}

function blockOf(trusted: readonly string[]): BlockList {
  const block = new BlockList()
  for (const one of trusted) {
    const [address = '', bits] = one.split('/')
    const kind = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) block.addAddress(address, kind)
    else block.addSubnet(address, Number(bits), kind)
  }
  return block
}

/** An address without what some write around it: a port, brackets, the prefix of IPv4 in IPv6. */
function plain(given: string): string {
  const address =
    /^\[([^\]]+)\](?::\d+)?$/.exec(given)?.[1] ?? /^([\d.]+):\d+$/.exec(given)?.[1] ?? given
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '')
}

/** Whoever has one address of IPv6 has a whole /64 of them: they count as one. */
function counted(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = (tail ?? '') === '' ? [] : (tail ?? '').split(':')
  const zeros = tail === undefined ? 0 : Math.max(8 - before.length - after.length, 0)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4)
  return `${groups.map((one) => Number.parseInt(one, 16).toString(16)).join(':')}::/64`
}
