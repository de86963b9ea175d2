import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Agency, agencies } from '../domain/lists.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { asJson } from './options.ts'
import { type Console, type ExitCode, problemText } from './output.ts'

/** What is asked of a new key. */
export type KeyWanted = { system: string; partnership: string; agency: Agency; days: number }

/** Makes and ends keys for systems that cannot sign in. */
export type KeyTools = {
  make(database: string, wanted: KeyWanted): Promise<Result<{ id: string; key: string }>>
  /** Answers whether there was such a key. */
  revoke(database: string, id: string): Promise<Result<boolean>>
}

/** The commands under `waymark service-key`. */
export function addServiceKeyCommands(
  command: Command,
  console: Console,
  done: (code: ExitCode) => void,
  { tools, database }: { tools: KeyTools; database: string },
): void {
  const ofDatabase = () =>
    new Option('--database <file>', 'the database of the record').default(database)
  const wrong = (problems: readonly Problem[]): ExitCode => {
    for (const problem of problems) console.error(problemText(problem))
    return 1
  }
  command.description('keys for systems that cannot sign in with OpenID Connect')
  command
    .command('make')
    .description('make a key; it is shown this once, and only its hash is kept')
    .requiredOption('--system <id>', 'the system that will hold it, such as police-records-1')
    .requiredOption('--partnership <id>', 'the partnership that it is for')
    .addOption(
      new Option('--agency <name>', 'for whom the system works')
        .choices(agencies)
        .default('police'),
    )
    .addOption(new Option('--days <n>', 'how long it is good for').default(90).argParser(wholeDays))
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async ({ database: file, json, ...wanted }) => {
      const made = await tools.make(file, wanted)
      if (!made.ok) return done(wrong(made.problems))
      const { id, key } = made.value
      console.out(
        json ? JSON.stringify({ id, key }) : `${key}\nIts id is ${id}. It is not shown again.`,
      )
      done(0)
    })
  command
    .command('revoke')
    .description('end a key at once')
    .argument('<id>', 'the id of the key, without its secret')
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async (id: string, { database: file, json }) => {
      const was = await tools.revoke(file, id)
      if (!was.ok) return done(wrong(was.problems))
      const says = was.value ? 'The key is ended.' : `There is no key "${id}".`
      console.out(json ? JSON.stringify({ id, ended: was.value }) : says)
      done(was.value ? 0 : 1)
    })
}

function wholeDays(given: string): number {
  if (!/^[1-9]\d{0,3}$/.test(given))
    throw new InvalidArgumentError('Give a whole number of days, at least 1.')
  return Number(given)
}
