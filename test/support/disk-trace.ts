import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DiskStep, inHex, stepsOf } from './read-trace.ts'

/*
 * strace, because it sees every call that reaches the kernel, whichever library makes it, and needs
 * no compiler: what is put before the C library sees only what goes through that. Calls that change
 * files in a way that is not modelled are recorded too, and end the test where they are made.
 */
const modelled =
  'openat,close,pwrite64,write,ftruncate,fsync,fdatasync,?unlink,unlinkat,?rename,renameat'
const unmodelled =
  '?open,?creat,openat2,?link,linkat,?symlink,symlinkat,renameat2,truncate,writev,pwritev,pwritev2,fallocate,sync_file_range,copy_file_range,sendfile,splice,dup,?dup2,dup3,mmap,?mkdir,mkdirat'

/** Why no process can be traced here; nothing where one can. */
export function whyNoTrace(): string | undefined {
  try {
    execFileSync('strace', ['-f', '--seccomp-bpf', '-e', 'trace=openat', 'true'], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `strace (Debian: apt-get install strace) is not there or may not trace: ${(error as Error).message}`
  }
}

/**
 * Runs a TypeScript file of ours, and records what it does to the files of a folder.
 * @param logs another folder, for what strace writes
 */
export function recordDisk(
  folder: string,
  logs: string,
  file: string,
  argv: readonly string[],
): DiskStep[] {
  const typescript = fileURLToPath(new URL('run-typescript.mjs', import.meta.url))
  const tracing = ['-ff', '--seccomp-bpf', '-xx', '-s', '1000000', '-o', join(logs, 'thread')]
  const calls = ['-e', `trace=${modelled},${unmodelled}`, '-e', 'signal=none']
  const node = [process.execPath, '--import', typescript, file, ...argv]
  execFileSync('strace', [...tracing, ...calls, ...node], { stdio: 'pipe' })
  // A file for each thread. SQLite runs in one of them: of two, nobody could tell the order.
  const threads = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'))
  const ours = threads.filter((text) => text.includes(inHex(folder)))
  if (ours.length !== 1) throw new Error(`${ours.length} threads used the folder, and not one.`)
  return stepsOf(folder, ours[0] ?? '')
}
