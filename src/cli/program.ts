import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isPlainDate } from '../domain/plain-date.ts'
import type { Console, ExitCode } from './output.ts'
import { type RecommendOptions, recommendCase } from './recommend.ts'
import { rulesCheck, rulesTest } from './rules.ts'

/**
 * The command line (design: facts.md). Builds the commands over a console, so that tests can run
 * them without a process.
 */
export async function run(argv: readonly string[], console: Console): Promise<ExitCode> {
  let code: ExitCode = 0
  const done = (result: ExitCode) => {
    code = result
  }
  const program = new Command('waymark')
    .description(
      'Helps police and their partners decide, together and out of court, what should happen when\na child is said to have offended. It recommends and explains; people decide.',
    )
    .configureOutput({
      writeOut: (text) => console.out(text.trimEnd()),
      writeErr: (text) => console.error(text.trimEnd()),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help to see how.')
  addRecommend(program, console, done)
  const rules = program.command('rules')
  addRulesCommands(rules, console, done)
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
  return code
}

const rulesFolder = () => new Option('--rules <folder>', 'the rules folder').default('rules')
const asJson = () => new Option('--json', 'answer as JSON').default(false)

function addRecommend(program: Command, console: Console, done: (code: ExitCode) => void): void {
  program
    .command('recommend')
    .description('say what the rules make of one referral: what is open, needed and not known')
    .argument('<case>', 'a case file (YAML or JSON), or "-" to read standard input')
    .option(
      '--partnership <id>',
      'whose rules: derby, derbyshire, nottingham, west-mercia, national',
    )
    .option(
      '--as-at <date>',
      'the day whose rules apply (YYYY-MM-DD; default: the case file, then today)',
      aDate,
    )
    .option('--all', 'also what belongs to later steps', false)
    .option('--why <rule>', 'the whole reasoning of one rule')
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

function aDate(text: string): string {
  if (!isPlainDate(text)) throw new InvalidArgumentError('Write a date that exists, as YYYY-MM-DD.')
  return text
}

function addRulesCommands(rules: Command, console: Console, done: (code: ExitCode) => void): void {
  rules.description('look at the rules, check them and try their examples')
  rules
    .command('check')
    .description('check every file: problems with file, line and column, and how to mend them')
    .addOption(rulesFolder())
    .addOption(asJson())
    .option('--release', 'also list what must be confirmed before use, and open doubts', false)
    .action((options) => done(rulesCheck(console, options)))
  rules
    .command('test')
    .description('run every example of every rule')
    .addOption(rulesFolder())
    .addOption(asJson())
    .action(async (options) => done(await rulesTest(console, options)))
}
