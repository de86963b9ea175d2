import { Command } from 'commander'
import { databaseTools, type Target } from '../../db/sqlite/tools.ts'
import type { Fold } from '../../src/casework/ports.ts'
import { addDatabaseCommands } from '../../src/cli/db-program.ts'
import { plainConsole, type Said } from '../support/console.ts'
import { migrations } from '../support/stores.ts'

/** When the commands run. */
export const now = (): string => '2026-11-30T08:00:00.000Z'

/**
 * Runs a command under `waymark db`, without a process.
 * @param target the database that is meant where the command names none, and the key file
 * @param fold what compares a history with its case
 */
export async function runDb(
  { database, keys }: Target,
  fold: Fold,
  argv: readonly string[],
): Promise<Said> {
  const out: string[] = []
  const error: string[] = []
  let code = 0
  const console = {
    ...plainConsole,
    out: (text: string) => out.push(text),
    error: (text: string) => error.push(text),
  }
  const program = new Command('db').exitOverride()
  const done = (result: number) => {
    code = result
  }
  const toolsOf = (of: string) => databaseTools({ database: of, keys }, migrations, fold, now)
  addDatabaseCommands(program, console, done, { toolsOf, database })
  await program.parseAsync(argv, { from: 'user' })
  return { code, out: out.join('\n'), error: error.join('\n') }
}
