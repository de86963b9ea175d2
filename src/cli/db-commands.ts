import type { DatabaseCheck, DatabaseCopies, DatabaseTools } from '../casework/ports.ts'
import type { Result } from '../domain/problem.ts'
import { type Console, colours, type ExitCode, fold, printProblems } from './output.ts'

export type DatabaseOptions = { database: string; json: boolean }

const keysApart =
  'The keys are in a file of their own. Without it nothing of what is sealed can be read, and with it everything can: back it up apart from the database, and keep the two apart.'

/** `waymark db migrate`: creates the database where there is none, and brings it up to date. */
export async function dbMigrate(
  console: Console,
  tools: DatabaseTools,
  { database, json }: DatabaseOptions,
): Promise<ExitCode> {
  return say(console, await tools.migrate(), json, ({ done }) => [
    done === 0
      ? `${database} is up to date.`
      : `${database} is up to date now; ${count(done, 'migration')} done.`,
  ])
}

/** `waymark db backup FILE`: copies the database, also while it is in use. */
export async function dbBackup(
  console: Console,
  copies: DatabaseCopies,
  to: string,
  { database, json }: DatabaseOptions,
): Promise<ExitCode> {
  return say(console, await copies.backup(to), json, ({ bytes }) => [
    `${database} is copied to ${to} (${bytes} bytes).`,
    fold(keysApart),
  ])
}

/** `waymark db restore FILE`: puts a checked backup in the place of the database. */
export async function dbRestore(
  console: Console,
  copies: DatabaseCopies,
  backup: string,
  { database, json, force }: DatabaseOptions & { force: boolean },
): Promise<ExitCode> {
  return say(console, await copies.restore(backup, { force }), json, ({ setAside }) => [
    `${database} is now what ${backup} holds.`,
    ...(setAside ? [`What was there is set aside as ${setAside}.`] : []),
    fold(
      'The key file must be the one that goes with it: the present one, or a backup that is not older than the database. Whoever was erased since the backup stays erased by the present one.',
    ),
  ])
}

/** `waymark db give-up-key SUBJECT`: marks a lost key as destroyed. */
export async function dbGiveUpKey(
  console: Console,
  tools: DatabaseTools,
  subject: string,
  { json, forGood }: DatabaseOptions & { forGood: boolean },
): Promise<ExitCode> {
  return say(console, await tools.giveUpKey(subject, { forGood }), json, ({ cases }) => [
    fold(`The key of ${subject} is given up: it is marked as destroyed, and that is logged.`),
    ...(subject.startsWith('child:')
      ? [fold(`The next start erases ${cases.map((id) => `case ${id}`).join(', ')}.`)]
      : []),
  ])
}

/** `waymark db check`: whether the database is sound, and every row as it was written. */
export async function dbCheck(
  console: Console,
  tools: DatabaseTools,
  { json, keys }: DatabaseOptions & { keys: boolean },
): Promise<ExitCode> {
  const result = await tools.check({ keys })
  if (!result.ok) return printProblems(console, result.problems, json)
  const checks = result.value
  const ok = checks.every((one) => one.ok)
  if (json) console.out(JSON.stringify({ ok, checks }, null, 2))
  else for (const line of checks.flatMap((one) => checkLines(console, one))) console.out(line)
  return ok ? 0 : 1
}

const shown = 20

function checkLines(console: Console, { title, ok, found }: DatabaseCheck): string[] {
  const paint = colours(console)
  const more = found.length > shown ? [`  and ${found.length - shown} more (--json lists all)`] : []
  return [
    `${ok ? paint.green('yes') : paint.red('NO ')}  ${title}`,
    ...found.slice(0, shown).map((one) => fold(one, '     ')),
    ...more,
  ]
}

/** Says what came of it, for people or as JSON. */
function say<T extends object>(
  console: Console,
  result: Result<T>,
  json: boolean,
  words: (value: T) => string[],
): ExitCode {
  if (!result.ok) return printProblems(console, result.problems, json)
  console.out(
    json ? JSON.stringify({ ok: true, ...result.value }, null, 2) : words(result.value).join('\n'),
  )
  return 0
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
