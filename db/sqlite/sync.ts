import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Returns once the bytes of a file are on the disk or, of a folder, what it names: what was made in
 * it stays, and what left it is gone.
 */
export function sync(path: string): void {
  const open = openSync(path, 'r')
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

/** Makes a folder and those above it, where they are not there; they are on the disk when it returns. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  // What names a new folder is the folder above it.
  const above = dirname(resolve(first))
  for (let one = resolve(folder); one !== above; one = dirname(one)) sync(dirname(one))
}
