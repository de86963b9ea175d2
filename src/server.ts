import { mkdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { openReferralStore } from '../db/referral-store.ts'
import { apiDescription, createApi } from './api/app.ts'
import { batchPath } from './api/batch.ts'
import { type RuleBook, ruleBook } from './api/rule-book.ts'
import { openReferral } from './casework/open-referral.ts'
import type { ReferralStore } from './casework/ports.ts'
import { problemText } from './cli/output.ts'
import type { Problem, Result } from './domain/problem.ts'
import { loadPolicy } from './rules/check.ts'
import { evaluateCompiled } from './rules/compile.ts'
import { readCase } from './rules/read-case.ts'
import { closeSoon, limitWaiting } from './server-limits.ts'
import { readSettings, type Settings } from './settings.ts'
import { createPages } from './web/pages.ts'
import { styles } from './web/styles.ts'

/** The service. One of the two composition roots: reads the environment, the clock and the disk. */

// dist/src/server.js when compiled, src/server.ts under a test runner.
const here = dirname(fileURLToPath(import.meta.url))
const root = here.endsWith(join('dist', 'src')) ? join(here, '..', '..') : join(here, '..')
const demonstrationReference = 'DEMO-1'

const settings = orStop(readSettings(process.env))
const policy = orStop(loadPolicy(settings.rules))
const book = ruleBook(policy, evaluateCompiled, today)
const store = openStore(settings)
if (settings.demonstration) await openDemonstration(store, book)

let ready = true
const app = createApi(book, {
  ready: () => ready,
  report: (line) => process.stderr.write(`${line}\n`),
})
app.route(
  '/',
  createPages({
    ruleSets: book.ruleSets,
    today,
    workedCase: async () =>
      settings.demonstration ? store.find(demonstrationReference) : undefined,
    openApi: () => app.getOpenAPI31Document(apiDescription),
    demonstration: settings.demonstration,
    css: styles(
      readFileSync(
        join(root, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css'),
        'utf8',
      ),
      readFileSync(join(root, 'src/web/templates/waymark.css'), 'utf8'),
    ),
    templates: [join(root, 'src/web/templates'), join(root, 'node_modules/govuk-frontend/dist')],
  }),
)

const server = serve(
  {
    fetch: app.fetch,
    port: settings.port,
    hostname: settings.host,
    serverOptions: { connectionsCheckingInterval: 2_000 },
  },
  (at) => {
    const host = at.address.includes(':') ? `[${at.address}]` : at.address
    process.stdout.write(`Waymark answers at http://${host}:${at.port}/\n`)
  },
) as Server
limitWaiting(server, (address) => address.startsWith(batchPath))
server.on('error', (error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? `Port ${settings.port} is taken. Choose another with PORT=…`
      : `The service cannot listen (${error.code}).`
  complain([{ message: why }])
  process.exit(1)
})

/** Stops cleanly: takes no more requests, finishes those under way, closes the store. */
function stop(): void {
  ready = false
  closeSoon(server, () => {
    store.close()
    process.exit(0)
  })
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date())
}

function orStop<T>(result: Result<T>): T {
  if (result.ok) return result.value
  complain(result.problems)
  process.exit(1)
}

function complain(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`${problemText(problem)}\n\n`)
  process.stderr.write('Waymark did not start.\n')
}

function openStore({ database }: Settings): ReturnType<typeof openReferralStore> {
  try {
    if (database !== ':memory:') mkdirSync(dirname(database), { recursive: true })
    return openReferralStore(database, join(root, 'db/migrations'))
  } catch (error) {
    complain([
      {
        message: `The database "${database}" cannot be opened: ${(error as Error).message}.`,
        mend: 'Set WAYMARK_DATABASE to a file that may be written.',
      },
    ])
    process.exit(1)
  }
}

/** Opens the made-up referral of the demonstration, once. */
async function openDemonstration(
  to: ReferralStore,
  { ruleSet, today: now }: RuleBook,
): Promise<void> {
  if (await to.find(demonstrationReference)) return
  const path = join(root, 'docs/worked-case.yaml')
  const given = orStop(readCase({ path, bytes: readFileSync(path) }))
  orStop(
    await openReferral(
      { store: to, ruleSet: orStop(ruleSet(given.partnership)), evaluate: evaluateCompiled },
      {
        reference: demonstrationReference,
        given,
        asAt: given.asAt ?? now(),
        at: new Date().toISOString(),
      },
    ),
  )
}
