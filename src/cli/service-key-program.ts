import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Agency, agencies } from '../domain/lists.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { asJson } from './options.ts'
import { type Console, type ExitCode, problemText } from './output.ts'

/** What is asked of a new key. */
export type KeyWanted = {
  system: string
  partnerships: readonly string[]
  /** One area of the one partnership; the whole of each where left out. */
  area?: string
  agency: Agency
  days: number
}

/** A key that there is; instants are milliseconds. */
export type KeyListed = {
  id: string
  system: string
  grants: readonly { role: string; agency: Agency; partnership: string; area?: string }[]
  madeAt: number
  expiresAt: number
  revokedAt?: number
  state: 'good' | 'revoked' | 'expired'
}

/** Makes and ends keys for systems that cannot sign in. */
export type KeyTools = {
  make(database: string, wanted: KeyWanted): Promise<Result<{ id: string; key: string }>>
  list(database: string): Promise<Result<KeyListed[]>>
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
    .requiredOption(
      '--partnership <id>',
      'the partnership that it is for; may stand several times',
      (one: string, others: string[] = []) => [...others, one],
    )
    .option('--area <id>', 'one area of that partnership; the whole of it when left out')
    .addOption(
      new Option('--agency <name>', 'for whom the system works')
        .choices(agencies)
        .default('police'),
    )
    .addOption(new Option('--days <n>', 'how long it is good for').default(90).argParser(wholeDays))
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async ({ database: file, json, partnership, ...wanted }) => {
      const made = await tools.make(file, { ...wanted, partnerships: [...new Set(partnership)] })
      if (!made.ok) return done(wrong(made.problems))
      const { id, key } = made.value
      console.out(
        json ? JSON.stringify({ id, key }) : `${key}\nIts id is ${id}. It is not shown again.`,
      )
      done(0)
    })
  command
    .command('list')
    .description('what keys there are and what they are for; never the keys themselves')
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async ({ database: file, json }) => {
      const all = await tools.list(file)
      if (!all.ok) return done(wrong(all.problems))
      const none = all.value.length === 0 ? ['There are no keys.'] : []
      if (json) console.out(JSON.stringify({ keys: all.value.map(withDates) }, null, 2))
      else console.out([...none, ...all.value.map(inLines)].join('\n'))
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

const instant = (at: number): string => new Date(at).toISOString()
const day = (at: number): string => instant(at).slice(0, 10)

const withDates = ({ madeAt, expiresAt, revokedAt, ...one }: KeyListed) => ({
  ...one,
  madeAt: instant(madeAt),
  expiresAt: instant(expiresAt),
  ...(revokedAt === undefined ? {} : { revokedAt: instant(revokedAt) }),
})

/** A key as three lines: which, what for, and how long. */
function inLines({ id, system, grants, madeAt, expiresAt, revokedAt, state }: KeyListed): string {
  const where = grants.map(
    ({ role, agency, partnership, area }) =>
      `${role} for ${agency} in ${partnership}${area === undefined ? '' : `, area ${area}`}`,
  )
  const revoked = revokedAt === undefined ? '' : `, revoked ${day(revokedAt)}`
  return `${id}  ${system}  ${state}\n  ${where.join('; ')}\n  made ${day(madeAt)}, expires ${day(expiresAt)}${revoked}`
}

function wholeDays(given: string): number {
  if (!/^[1-9]\d{0,3}$/.test(given))
    throw new InvalidArgumentError('Give a whole number of days, at least 1.')
  return Number(given)
}
