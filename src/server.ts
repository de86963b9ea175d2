import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { CannotOpen } from '../db/sqlite/cannot-open.ts'
import { type OpenStore, openStore as openRecordStore } from '../db/sqlite/open-store.ts'
import { makeFolder } from '../db/sqlite/sync.ts'
import { createDesk, type Desk } from './access/desk.ts'
import { createServiceKeys } from './access/service-keys.ts'
import { isBatch } from './api/batch.ts'
import { ruleBook } from './api/rule-book.ts'
import { createApp } from './app.ts'
import { startBackground } from './background.ts'
import type { Deps } from './casework/casework.ts'
import { openDemonstration, workedCase } from './casework/demonstration/open-demonstration.ts'
import { loadRuleSet, useRuleSetInForce } from './casework/rule-sets.ts'
import { problemText } from './cli/output.ts'
import type { Problem, Result } from './domain/problem.ts'
import { cookieJar } from './http/cookies.ts'
import { whereFrom } from './http/from.ts'
import { operations } from './http/operations.ts'
import { connectionPlaces } from './http/places.ts'
import { usualRate } from './http/rate.ts'
import type { SignInDoor } from './http/sign-in.ts'
import { closeSoon, limitWaiting, serverOptions } from './http/slow-clients.ts'
import { asDemonstrated, whoCalls } from './http/who-calls.ts'
import { missingKeysLine } from './missing-keys.ts'
import { evaluateCompiled } from './rules/compile.ts'
import { usePolicy } from './rules/load-built.ts'
import { readCase } from './rules/read-case.ts'
import type { RuleSet } from './rules/rule-set.ts'
import { readSettings, type Settings } from './settings.ts'
import { styles } from './web/styles.ts'

/** The service. One of the two composition roots: reads the environment, the clock and the disk. */

// dist/src/server.js when compiled, src/server.ts under a test runner.
const here = dirname(fileURLToPath(import.meta.url))
const root = here.endsWith(join('dist', 'src')) ? join(here, '..', '..') : join(here, '..')

const settings = orStop(readSettings(process.env))
const policy = orStop(usePolicy(settings.rules))
const book = ruleBook(policy, evaluateCompiled, today)
const record = await openRecord(settings)
const casework: Deps = {
  store: record,
  ruleSet: book.ruleSet,
  evaluate: evaluateCompiled,
  now: () => new Date().toISOString(),
  today,
  newId: randomUUID,
}
await startWithRules()
const lostKeys = missingKeysLine(await record.missingKeys())
if (lostKeys) process.stderr.write(`${lostKeys}\n`)
const logger = pino({ level: settings.log === 'none' ? 'silent' : 'info' }, process.stderr)
/** Why somebody was not let in: a code alone, never what was sent or who it was. */
const onRefused = (by: string, code: string) => logger.warn({ by, code }, 'refused')
const desk = orStop(signInDesk(settings))
const govuk = join(root, 'node_modules/govuk-frontend/dist')

let ready = true
const places = connectionPlaces()
const app = createApp(
  book,
  {
    casework,
    identify: settings.demonstration
      ? asDemonstrated
      : whoCalls({ serviceKeys: serviceKeys(), ...desk }),
    guard: { onKnown: places.isKnown },
    operations: operations(
      (line) => logger.info(line, 'request'),
      () => performance.now(),
    ),
    signIn: desk?.signIn,
    demonstration: settings.demonstration,
    hosts: settings.hosts,
    rate: {
      ...usualRate,
      clock: () => performance.now(),
      from: whereFrom(settings.trustedProxies),
    },
    ready: async () => ready && (await record.writable()),
    report: (line) => process.stderr.write(`${line}\n`),
  },
  {
    ...(settings.demonstration ? { workedCase: workedCase(casework) } : {}),
    css: styles(
      readFileSync(join(govuk, 'govuk/govuk-frontend.min.css'), 'utf8'),
      readFileSync(join(root, 'src/web/templates/waymark.css'), 'utf8'),
    ),
    templates: [join(root, 'src/web/templates'), govuk],
  },
)

// The page of the worked case can be looked at from the first moment; the rest comes meanwhile.
if (settings.demonstration) await fillDemonstration(1)

const server = serve(
  {
    fetch: app.fetch,
    port: settings.port,
    hostname: settings.host,
    serverOptions,
  },
  (at) => {
    const host = at.address.includes(':') ? `[${at.address}]` : at.address
    process.stdout.write(`Waymark answers at http://${host}:${at.port}/\n`)
  },
) as Server
limitWaiting(server, isBatch)
places.on(server)
server.on('error', (error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? `Port ${settings.port} is taken. Choose another with PORT=…`
      : `The service cannot listen (${error.code}).`
  complain([{ message: why }])
  process.exit(1)
})

const filling = settings.demonstration ? fillDemonstration(40) : Promise.resolve()
filling.catch((error: Error) =>
  process.stderr.write(`The demonstration could not be filled: ${error.name}\n`),
)
const stopBackground = startBackground(casework, {
  outbox: settings.outbox,
  useRules: async () => void (await useRules()),
  report: (line) => process.stderr.write(`${line}\n`),
})

/** Stops cleanly: takes no more requests, finishes those under way, closes the store. */
function stop(): void {
  ready = false
  stopBackground()
  closeSoon(server, async () => {
    await record.close()
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

/** What was thrown, ending like a sentence. */
function sentence({ message }: Error): string {
  return message.endsWith('.') ? message : `${message}.`
}

async function openRecord({ database, keys, demonstration }: Settings): Promise<OpenStore> {
  try {
    if (database !== ':memory:') makeFolder(dirname(database))
    const kind = demonstration ? 'demonstration' : 'record'
    const mark = { kind, at: new Date().toISOString() } as const
    return await openRecordStore({
      database,
      keys,
      migrations: join(root, 'db/sqlite/migrations'),
      mark,
    })
  } catch (error) {
    complain([
      {
        message: `The database "${database}" cannot be opened: ${sentence(error as Error)}`,
        mend:
          error instanceof CannotOpen
            ? error.mend
            : 'Set WAYMARK_DATABASE to a file that may be written, and WAYMARK_KEYS to the key file that goes with it.',
      },
    ])
    process.exit(1)
  }
}

/** Works by the rules that are in force, and says where the folder holds others. */
async function startWithRules(): Promise<void> {
  const own = book.ruleSets.filter(({ partnership }) => partnership !== 'national')
  for (const ruleSet of own) await loadRuleSet(casework, ruleSet)
  for (const ruleSet of await useRules(own))
    process.stderr.write(
      `${ruleSet.title}: the rules in the folder are not in force; cases are looked at by those that are. ` +
        `To change that, propose and approve them: GET /v1/rule-sets/${ruleSet.partnership}/versions\n`,
    )
}

/** Puts the rules to use that are in force. @returns the rule sets that gave way */
async function useRules(sets = book.ruleSets): Promise<RuleSet[]> {
  const gaveWay: RuleSet[] = []
  for (const ruleSet of sets)
    if (await useRuleSetInForce(casework, ruleSet.partnership, book.use)) gaveWay.push(ruleSet)
  return gaveWay
}

/** The clock and the chance that keys and sessions need. */
function secretsOf<S>(store: S) {
  return { store, now: () => Date.now(), randomBytes: (size: number) => randomBytes(size) }
}

function serviceKeys() {
  const refused = (code: string) => onRefused('service-key', code)
  return createServiceKeys({ ...secretsOf(record.serviceKeys), onRefused: refused })
}

type Door = { bearer: Desk['bearer']; signIn: SignInDoor }
/** How people and services sign in, where an issuer is set. */
function signInDesk({ signIn }: Settings): Result<Door | undefined> {
  if (!signIn) return { ok: true, value: undefined }
  const { now, randomBytes: bytes } = secretsOf(undefined)
  const { sessions } = record
  const partnerships = Object.values(policy.partnerships)
  const ours = { partnerships, sessions, fetch, now, randomBytes: bytes, onRefused }
  const made = createDesk({ ...signIn, ...ours })
  if (!made.ok) return made
  const { bearer, signIn: desk } = made.value
  const { address } = signIn
  const cookies = cookieJar(new URL(address).protocol === 'https:')
  return { ok: true, value: { bearer, signIn: { desk, cookies, address } } }
}

/** Fills the demonstration after the start, so that nobody waits for it. */
async function fillDemonstration(most: number): Promise<void> {
  const path = join(root, 'docs/worked-case.yaml')
  const short = await openDemonstration(
    casework,
    orStop(readCase({ path, bytes: readFileSync(path) })),
    most,
  )
  if (short.length > 0)
    process.stderr.write(`These demonstration cases are not as meant: ${short.join(', ')}.\n`)
}
