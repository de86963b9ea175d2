import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Returns once what a folder names is on the disk: what was made in it stays, what left it is gone. */
export function syncFolder(folder: string): void {
  const open = openSync(folder, 'r')
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

/** Makes a folder and those above it, where they are not there, and returns once they are on the disk. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  // What names a new folder is the folder above it.
  const above = dirname(resolve(first))
  for (let one = resolve(folder); one !== above; one = dirname(one)) syncFolder(dirname(one))
}
