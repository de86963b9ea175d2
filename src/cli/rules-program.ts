import type { Command } from 'commander'
import { asAt, asJson, partnership, rulesFolder } from './options.ts'
import type { Console, ExitCode } from './output.ts'
import { rulesCheck, rulesTest } from './rules.ts'
import { rulesExplain } from './rules-explain.ts'
import { rulesList } from './rules-list.ts'

/** The commands under `waymark rules`. */
export function addRulesCommands(
  rules: Command,
  console: Console,
  done: (code: ExitCode) => void,
): void {
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
  rules
    .command('list')
    .description('list the rules in force: what each is called, whose it is, how it binds')
    .addOption(partnership('national'))
    .addOption(asAt('today'))
    .addOption(rulesFolder())
    .addOption(asJson())
    .action((options) => done(rulesList(console, options)))
  rules
    .command('explain')
    .description(
      'one rule in plain sentences: what it asks, what it does, why, and on what it rests',
    )
    .argument('<id>', 'the rule, such as exclusions/under-ten')
    .addOption(partnership('national'))
    .addOption(asAt('today'))
    .addOption(rulesFolder())
    .addOption(asJson())
    .action((id: string, options) => done(rulesExplain(console, id, options)))
}
