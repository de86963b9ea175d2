import { z } from 'zod'
import { didYouMean, fine, type Problem, type Result, refuse } from './domain/problem.ts'
import {
  readSignIn,
  type SignInSettings,
  signInMeanings,
  signInShapes,
} from './sign-in-settings.ts'

/** The service's settings, from the environment. */
export type Settings = {
  port: number
  host: string
  database: string
  /** The key file, which is backed up apart from the database. */
  keys: string
  rules: string
  demonstration: boolean
  /** The file that notices and audit messages go to, a JSON document on each line. */
  outbox?: string
  /** Where a line for each request goes. */
  log: 'none' | 'stderr'
  /** The issuer that people and services sign in with; without it, service keys alone are taken. */
  signIn?: SignInSettings
}

const shapes = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65535, 'a port')
    .default(3000),
  WAYMARK_HOST: z.enum(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::']).default('127.0.0.1'),
  WAYMARK_DATABASE: z.string().min(1).default('data/waymark.db'),
  WAYMARK_KEYS: z.string().min(1).optional(),
  WAYMARK_RULES: z.string().min(1).default('rules'),
  WAYMARK_DEMO: z.enum(['0', '1']).default('1'),
  WAYMARK_OUTBOX: z.string().min(1).optional(),
  WAYMARK_LOG: z.enum(['none', 'stderr']).optional(),
  ...signInShapes,
}

const meanings: Record<keyof typeof shapes, string> = {
  PORT: 'a port from 0 to 65535 (0 takes any free one)',
  WAYMARK_HOST: 'an address to listen on: 127.0.0.1, ::1, localhost, 0.0.0.0 or ::',
  WAYMARK_DATABASE: 'the path of the database file',
  WAYMARK_KEYS: 'the path of the key file; beside the database when left out',
  WAYMARK_RULES: 'the path of the rules folder',
  WAYMARK_DEMO: '1 for made-up demonstration data, 0 without',
  WAYMARK_OUTBOX: 'the path of a file for notices and audit messages',
  WAYMARK_LOG: 'none, or stderr for a line for each request',
  ...signInMeanings,
}

/** Reads settings; an unknown or malformed one stops the start with a clear sentence. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Settings> {
  const problems: Problem[] = []
  const names = Object.keys(shapes)
  for (const name of Object.keys(environment))
    if (name.startsWith('WAYMARK_') && !names.includes(name))
      problems.push({
        message: `I don't know the setting ${name}.${didYouMean(name, names)}`,
        mend: `The settings are: ${names.join(', ')}.`,
      })
  const read = <K extends keyof typeof shapes>(
    name: K,
  ): z.infer<(typeof shapes)[K]> | undefined => {
    const parsed = shapes[name].safeParse(environment[name])
    if (parsed.success) return parsed.data as z.infer<(typeof shapes)[K]>
    problems.push({
      message: `${name} is ${secrets.includes(name) ? 'set' : `"${environment[name]}"`}; it must be ${meanings[name]}.`,
      ...mendIn(parsed.error),
    })
    return undefined
  }
  const database = read('WAYMARK_DATABASE') ?? ''
  const demonstration = read('WAYMARK_DEMO') !== '0'
  const beside = database === ':memory:' ? database : `${database.replace(/\.db$/, '')}.keys`
  const signIn = readSignIn(read)
  const outbox = read('WAYMARK_OUTBOX')
  const settings: Settings = {
    port: read('PORT') ?? 3000,
    host: read('WAYMARK_HOST') ?? '127.0.0.1',
    database,
    keys: read('WAYMARK_KEYS') ?? beside,
    rules: read('WAYMARK_RULES') ?? '',
    demonstration,
    log: read('WAYMARK_LOG') ?? (demonstration ? 'none' : 'stderr'),
    ...(outbox ? { outbox } : {}),
    ...(signIn ? { signIn } : {}),
  }
  if (settings.signIn && demonstration)
    problems.push({
      message: 'A demonstration takes everybody at their word, so it cannot have an issuer.',
      mend: 'Set WAYMARK_DEMO=0, or leave WAYMARK_ISSUER out.',
    })
  if (settings.signIn && settings.signIn.address === '')
    problems.push({
      message: 'WAYMARK_ISSUER is set and WAYMARK_ADDRESS is not: people could not be sent back.',
      mend: 'Set WAYMARK_ADDRESS to the address of this service, as people type it.',
    })
  if (settings.demonstration && !['127.0.0.1', '::1', 'localhost'].includes(settings.host))
    problems.push({
      message: `Demonstration data is shown on this machine alone, not on ${settings.host}.`,
      mend: 'Set WAYMARK_DEMO=0, or listen on 127.0.0.1.',
    })
  return problems.length > 0 ? refuse(...problems) : fine(settings)
}

/** Never said back, also where they are malformed. */
const secrets: readonly string[] = ['WAYMARK_CLIENT_SECRET']

/** How to mend it, where the shape itself can say. */
function mendIn({ issues }: z.ZodError): { mend?: string } {
  const found = issues.find((issue) => issue.code === 'custom')?.params?.mend
  return typeof found === 'string' ? { mend: found } : {}
}
