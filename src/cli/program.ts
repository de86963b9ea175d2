import { Command, CommanderError, Option } from 'commander'
import type { DatabaseTools } from '../casework/ports.ts'
import { version } from '../domain/version.ts'
import { addDatabaseCommands } from './db-program.ts'
import { asAt, asJson, partnership, rulesFolder } from './options.ts'
import type { Console, ExitCode } from './output.ts'
import { engines, type RecommendOptions, recommendCase } from './recommend.ts'
import { addRulesCommands } from './rules-program.ts'
import { addServiceKeyCommands, type KeyTools } from './service-key-program.ts'

/** What the commands on the record work with; the composition root fills it. */
export type RecordTools = {
  /** The database that is meant where none is named. */
  database: string
  /** What can be done to the record in a file. */
  toolsOf(database: string): DatabaseTools
  keys: KeyTools
  /** Runs until it is stopped. */
  serve(): Promise<void>
}

/**
 * The command line (design: facts.md). Builds the commands over a console, so that tests can run
 * them without a process.
 */
export async function run(
  argv: readonly string[],
  console: Console,
  record?: RecordTools,
): Promise<ExitCode> {
  let code: ExitCode = 0
  const done = (result: ExitCode) => {
    code = result
  }
  const program = new Command('waymark')
    .description(
      'Helps police and their partners decide, together and out of court, what should happen when\na child is said to have offended. It recommends and explains; people decide.',
    )
    .version(version, '-V, --version', 'say which version this is')
    .configureOutput({
      writeOut: (text) => console.out(text.trimEnd()),
      writeErr: (text) => console.error(text.trimEnd()),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help to see how.')
  addRecommend(program, console, done)
  addRulesCommands(program.command('rules'), console, done)
  if (record) {
    const { database, toolsOf, keys, serve } = record
    addDatabaseCommands(program.command('db'), console, done, { toolsOf, database })
    addServiceKeyCommands(program.command('service-key'), console, done, { tools: keys, database })
    program
      .command('serve')
      .description('run the service; its settings are in the environment (see the README)')
      .action(serve)
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
  return code
}

function addRecommend(program: Command, console: Console, done: (code: ExitCode) => void): void {
  program
    .command('recommend')
    .description('say what the rules make of one referral: what is open, needed and not known')
    .argument('<case>', 'a case file (YAML or JSON), or "-" to read standard input')
    .addOption(partnership('the case file'))
    .addOption(asAt('the case file, then today'))
    .option('--all', 'also what belongs to later steps', false)
    .option('--why <rule>', 'the whole reasoning of one rule')
    .addOption(
      new Option(
        '--engine <name>',
        'what answers the tests: compiled, or json-rules-engine itself; both say the same',
      )
        .choices(Object.keys(engines))
        .default('compiled'),
    )
    .addOption(rulesFolder())
    .addOption(asJson())
    .addHelpText(
      'after',
      `
A case file says what is known; what is not known is left out, and is never taken as "no":

  partnership: derby
  asAt: 2026-11-02
  facts: { child.date_of_birth: 2011-05-14, child.care_status: looked-after }
  offences:
    - { offence.code: criminal-damage-low, offence.date: 2026-10-20, offence.admission: full }

Exit codes: 0 fine, 1 problems found, 2 wrong use.`,
    )
    .action(async (file: string, options: RecommendOptions) =>
      done(await recommendCase(console, file, options)),
    )
}
