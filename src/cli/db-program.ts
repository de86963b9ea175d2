import { type Command, Option } from 'commander'
import type { DatabaseTools } from '../casework/ports.ts'
import { dbBackup, dbCheck, dbGiveUpKey, dbMigrate, dbRestore } from './db-commands.ts'
import { asJson } from './options.ts'
import type { Console, ExitCode } from './output.ts'

/**
 * The commands under `waymark db`.
 * @param database the file that is meant where none is named
 */
export function addDatabaseCommands(
  db: Command,
  console: Console,
  done: (code: ExitCode) => void,
  { toolsOf, database }: { toolsOf: (database: string) => DatabaseTools; database: string },
): void {
  const ofDatabase = () =>
    new Option('--database <file>', 'the database of the record').default(database)
  const copiesOf = (file: string) => {
    const { copies } = toolsOf(file)
    if (!copies) throw new Error('This record is no file: its server copies it.')
    return copies
  }
  db.description('look after the database of the record')
  db.command('migrate')
    .description('create the database where there is none, and bring its tables up to date')
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async (options) => done(await dbMigrate(console, toolsOf(options.database), options)))
  db.command('backup')
    .description('copy the database, also while it is in use; the key file is backed up apart')
    .argument('<file>', 'a file that does not exist yet')
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async (file: string, options) =>
      done(await dbBackup(console, copiesOf(options.database), file, options)),
    )
  db.command('restore')
    .description('put a backup in the place of the database, after checking it')
    .argument('<file>', 'the backup')
    .option('--force', 'set a database that is there aside, as ….before-restore', false)
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async (file: string, options) =>
      done(await dbRestore(console, copiesOf(options.database), file, options)),
    )
  db.command('check')
    .description('is the file whole, is it guarded, and is every row as it was last written')
    .option('--keys', 'also whether every child, victim and clinic has its key', false)
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async (options) => done(await dbCheck(console, toolsOf(options.database), options)))
  db.command('give-up-key')
    .description(
      'start without one key that is lost: say what that means, and do it with --for-good',
    )
    .argument('<subject>', 'child:ID, victim:CASE:NUMBER or clinic:ID, as the start shows it')
    .option('--for-good', 'mark the key as destroyed; there is no way back', false)
    .addOption(ofDatabase())
    .addOption(asJson())
    .action(async (subject: string, options) =>
      done(await dbGiveUpKey(console, toolsOf(options.database), subject, options)),
    )
}
