import { basename, dirname } from 'node:path'

/**
 * What a process does to the files of one folder, in the order in which it does it. A file is a
 * number: its name is an entry of the folder, which comes and goes on its own.
 */
export type DiskStep =
  | { does: 'create'; name: string; file: number }
  | { does: 'unlink'; name: string }
  | { does: 'rename'; name: string; to: string }
  | { does: 'sync-folder' }
  | { does: 'write'; file: number; at: number; bytes: Buffer }
  | { does: 'cut'; file: number; size: number }
  | { does: 'sync'; file: number }
  /** It wrote a line to its standard output. */
  | { does: 'say'; line: string }

/** Text as `strace -xx` writes it. */
export const inHex = (text: string): string =>
  Buffer.from(text).toString('hex').replace(/../g, '\\x$&')
const bytesOf = (text = '') => Buffer.from(text.replaceAll('\\x', '').replaceAll('"', ''), 'hex')

/** Reads what strace wrote of one thread. */
export function stepsOf(folder: string, text: string): DiskStep[] {
  const seen: Seen = { folder, files: new Map(), open: new Map(), made: 0 }
  return text.split('\n').flatMap((line) => {
    const call = callOf(line)
    return (call && stepOf(seen, call)) ?? []
  })
}

/** One call that did what it was to do. */
type Call = { name: string; args: string[]; result: string; line: string }

function callOf(line: string): Call | undefined {
  const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\) += (-?\w+)/.exec(line) ?? []
  if (line.includes('"...')) throw new Error(`strace cut a call short: ${name}`)
  // What failed changed nothing.
  return name === '' || result.startsWith('-')
    ? undefined
    : { name, args: args.split(', '), result, line }
}

/** What was seen until now: the files by their names, and what the process has open. */
type Seen = {
  folder: string
  files: Map<string, number>
  open: Map<string, number | 'folder'>
  made: number
}

function stepOf(seen: Seen, call: Call): DiskStep | undefined {
  const { name, args, line } = call
  const step = steps[name]
  if (step) return step(seen, args, call.result)
  const on = seen.open.get((name === 'mmap' ? args[4] : args[0]) ?? '')
  if (typeof on === 'number' || line.includes(inHex(`${seen.folder}/`)))
    throw new Error(`${name} is used on a file of the folder, and that is not modelled.`)
  return undefined
}

type Step = (seen: Seen, args: readonly string[], result: string) => DiskStep | undefined

const sync: Step = ({ open }, [of = '']) => {
  const on = open.get(of)
  if (on === 'folder') return { does: 'sync-folder' }
  return on === undefined ? undefined : { does: 'sync', file: on }
}

const steps: Readonly<Record<string, Step>> = {
  openat: (seen, [, path, flags = ''], fd) => opened(seen, bytesOf(path).toString(), flags, fd),
  close: ({ open }, [fd = '']) => void open.delete(fd),
  fsync: sync,
  fdatasync: sync,
  unlink: (seen, [path]) => unlinked(seen, path),
  unlinkat: (seen, [, path]) => unlinked(seen, path),
  rename: (seen, [from, to]) => renamed(seen, from, to),
  renameat: (seen, [, from, , to]) => renamed(seen, from, to),
  ftruncate: ({ open }, [fd = '', size]) => {
    const file = open.get(fd)
    return typeof file === 'number' ? { does: 'cut', file, size: Number(size) } : undefined
  },
  pwrite64: ({ open }, [fd = '', bytes, , at]) => {
    const file = open.get(fd)
    if (typeof file !== 'number') return undefined
    return { does: 'write', file, at: Number(at), bytes: bytesOf(bytes) }
  },
  write: ({ open }, [fd = '', bytes]) => {
    if (typeof open.get(fd) === 'number') throw new Error('A write at no place is not modelled.')
    return fd === '1' ? { does: 'say', line: bytesOf(bytes).toString() } : undefined
  },
}

/** The name of a file of the folder. The index of a write-ahead log does not matter: a crash ends it. */
function nameIn({ folder }: Seen, path: string): string | undefined {
  return dirname(path) === folder && !path.endsWith('-shm') ? basename(path) : undefined
}

function opened(seen: Seen, path: string, flags: string, fd: string): DiskStep | undefined {
  const name = nameIn(seen, path)
  seen.open.delete(fd)
  if (path === seen.folder) seen.open.set(fd, 'folder')
  if (name === undefined) return undefined
  const known = seen.files.get(name)
  if (known !== undefined && flags.includes('O_TRUNC'))
    throw new Error(`Opening ${name} cuts it, and that is not modelled.`)
  const file = known ?? seen.made++
  seen.files.set(name, file)
  seen.open.set(fd, file)
  return known === undefined ? { does: 'create', name, file } : undefined
}

function unlinked(seen: Seen, path?: string): DiskStep | undefined {
  const name = nameIn(seen, bytesOf(path).toString())
  if (name === undefined) return undefined
  seen.files.delete(name)
  return { does: 'unlink', name }
}

function renamed(seen: Seen, from?: string, into?: string): DiskStep | undefined {
  const [name, to] = [from, into].map((path) => nameIn(seen, bytesOf(path).toString()))
  const file = seen.files.get(name ?? '')
  if (name === undefined || to === undefined || file === undefined) return undefined
  seen.files.set(to, file)
  seen.files.delete(name)
  return { does: 'rename', name, to }
}
