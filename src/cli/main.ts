import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isatty } from 'node:tty'
import { fileURLToPath } from 'node:url'
import { CannotOpen } from '../../db/sqlite/cannot-open.ts'
import { openStore } from '../../db/sqlite/open-store.ts'
import { databaseTools } from '../../db/sqlite/tools.ts'
import { createServiceKeys } from '../access/service-keys.ts'
import { differences } from '../casework/replay.ts'
import { fine, refuse } from '../domain/problem.ts'
import { usePolicy } from '../rules/load-built.ts'
import { readSettings } from '../settings.ts'
import { type RecordTools, run } from './program.ts'
import type { KeyTools } from './service-key-program.ts'

/** One of the two composition roots: reads the clock, the terminal and standard input. */

// dist/src/cli/main.js when compiled, src/cli/main.ts under a test runner.
const here = dirname(fileURLToPath(import.meta.url))
const root = here.includes(join('dist', 'src')) ? join(here, '../../..') : join(here, '../..')
const migrations = join(root, 'db/sqlite/migrations')

const settings = readSettings(process.env)
const database = settings.ok ? settings.value.database : 'data/waymark.db'
const keyFile = (file: string) =>
  settings.ok && file === database ? settings.value.keys : `${file.replace(/\.db$/, '')}.keys`

/** Keys are made on the record itself; a service that is running sees them at once. */
const keys: KeyTools = {
  make: async (file, { system, partnerships, area, agency, days }) => {
    const policy = usePolicy(settings.ok ? settings.value.rules : 'rules')
    if (!policy.ok) return policy
    const held = { role: 'service', agency, ...(area === undefined ? {} : { area }) } as const
    const grants = partnerships.map((partnership) => ({ ...held, partnership }))
    const expiresAt = Date.now() + days * 24 * 60 * 60_000
    const all = Object.keys(policy.value.partnerships)
    return onKeys(file, (desk) => desk.make({ system, grants, expiresAt }, all))
  },
  list: (file) => onKeys(file, async (desk) => fine(await desk.list())),
  revoke: (file, id) => onKeys(file, async (desk) => fine(await desk.revoke(id))),
}

async function onKeys<T>(
  file: string,
  act: (desk: ReturnType<typeof createServiceKeys>) => Promise<T>,
): Promise<T | ReturnType<typeof refuse>> {
  if (!existsSync(file))
    return refuse({
      message: `There is no database "${file}".`,
      mend: 'Name the one that the service works on in --database, or make it with "waymark db migrate".',
    })
  try {
    // A demonstration takes no keys: one that was made there would look as if it worked.
    const mark = { kind: 'record' as const, at: new Date().toISOString() }
    const files = { database: file, keys: keyFile(file), migrations, mark }
    // Nobody else waits for a command, so it may wait longer than the service.
    const store = await openStore({ ...files, patience: 10_000 })
    const now = () => Date.now()
    const desk = createServiceKeys({ store: store.serviceKeys, now, randomBytes })
    return await act(desk).finally(() => store.close())
  } catch (error) {
    return refuse({
      message: `The database "${file}" cannot be used: ${(error as Error).message}`,
      ...(error instanceof CannotOpen ? { mend: error.mend } : {}),
    })
  }
}

const record: RecordTools = {
  database,
  toolsOf: (file) => {
    const target = { database: file, keys: keyFile(file) }
    return databaseTools(target, migrations, differences, () => new Date().toISOString())
  },
  keys,
  serve: async () => {
    await import('../server.ts')
    await new Promise(() => {})
  },
}

// A reader such as `head` may have had enough before everything is written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const code = await run(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
    colour: isatty(1) && !process.env.NO_COLOR,
    today: new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date()),
    readInput: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks)
    },
  },
  record,
)
process.exitCode = code
