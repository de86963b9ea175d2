import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Lends a folder for files that are measured, on the file system that the program itself lies on
 * (the temporary folder may be in memory, where a durable write costs nothing), and removes it.
 */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync('dist', { recursive: true })
  const folder = mkdtempSync(join('dist', 'bench-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
