import { Command } from 'commander'
import { databaseTools } from '../../db/tools.ts'
import type { Fold } from '../../src/casework/ports.ts'
import { addDatabaseCommands } from '../../src/cli/db-program.ts'
import { plainConsole, type Said } from '../support/console.ts'
import { keyFiles, migrations } from '../support/stores.ts'

/**
 * Runs a command under `waymark db`, without a process.
 * @param database the one that is meant where the command names none
 * @param fold what compares a history with its case
 */
export async function runDb(database: string, fold: Fold, argv: readonly string[]): Promise<Said> {
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
  const tools = databaseTools(migrations, fold, keyFiles)
  addDatabaseCommands(program, console, done, { tools, database })
  await program.parseAsync(argv, { from: 'user' })
  return { code, out: out.join('\n'), error: error.join('\n') }
}
