import { z } from 'zod'
import { didYouMean, fine, type Problem, type Result, refuse } from './domain/problem.ts'
import { isAddressOrNetwork } from './http/from.ts'
import { loopbackNames } from './http/hosts.ts'
import { signInOf, signInShapes } from './sign-in-settings.ts'

/** Each setting with what it must be, as its description says. */
const shapes = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65535)
    .default(3000)
    .describe('a port from 0 to 65535 (0 takes any free one)'),
  WAYMARK_HOST: z
    .enum(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'])
    .default('127.0.0.1')
    .describe('an address to listen on: 127.0.0.1, ::1, localhost, 0.0.0.0 or ::'),
  WAYMARK_DATABASE: z
    .string()
    .min(1)
    .default('data/waymark.db')
    .describe('the path of the database file'),
  WAYMARK_KEYS: z
    .string()
    .min(1)
    .optional()
    .describe('the path of the key file; beside the database when left out'),
  WAYMARK_RULES: z.string().min(1).default('rules').describe('the path of the rules folder'),
  WAYMARK_DEMO: z
    .enum(['0', '1'])
    .default('1')
    .describe('1 for made-up demonstration data, 0 without'),
  WAYMARK_OUTBOX: z
    .string()
    .min(1)
    .optional()
    .describe('the path of a file for notices and audit messages'),
  WAYMARK_LOG: z
    .enum(['none', 'stderr'])
    .optional()
    .describe('none, or stderr for a line for each request'),
  WAYMARK_TRUSTED_PROXY: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((all) => all.every(isAddressOrNetwork))
    .default([])
    .describe('the addresses or networks of your proxies, such as "10.0.0.7,192.168.0.0/16"'),
  ...signInShapes,
}
const names: readonly string[] = Object.keys(shapes)

/** The service's settings, from the environment. */
export type Settings = z.output<typeof settingsSchema>
export type { SignInSettings } from './sign-in-settings.ts'

const settingsSchema = z
  .strictObject(shapes)
  .superRefine((read, context) => {
    for (const { message, mend } of clashes(read))
      context.addIssue({ code: 'custom', message, params: { mend } })
  })
  .transform((read) => {
    const { WAYMARK_DATABASE: database, WAYMARK_ADDRESS: address } = read
    const demonstration = read.WAYMARK_DEMO === '1'
    const beside = database === ':memory:' ? database : `${database.replace(/\.db$/, '')}.keys`
    const signIn = signInOf(read)
    return {
      port: read.PORT,
      host: read.WAYMARK_HOST,
      database,
      /** The key file, which is backed up apart from the database. */
      keys: read.WAYMARK_KEYS ?? beside,
      rules: read.WAYMARK_RULES,
      demonstration,
      /** Where a line for each request goes. */
      log: read.WAYMARK_LOG ?? (demonstration ? 'none' : 'stderr'),
      /** The names that the service answers to. */
      hosts:
        demonstration || address === undefined ? [...loopbackNames] : [new URL(address).hostname],
      /** The proxies whose word is taken for where a request comes from. */
      trustedProxies: read.WAYMARK_TRUSTED_PROXY,
      /** The file that notices and audit messages go to, a JSON document on each line. */
      ...(read.WAYMARK_OUTBOX ? { outbox: read.WAYMARK_OUTBOX } : {}),
      /** The issuer that people and services sign in with; without it, service keys alone are taken. */
      ...(signIn ? { signIn } : {}),
    }
  })

/** Settings that are fine each, and do not go together. */
function clashes(read: z.output<z.ZodObject<typeof shapes>>): Problem[] {
  const { WAYMARK_HOST: host, WAYMARK_ADDRESS: address, WAYMARK_ISSUER: issuer } = read
  const demonstration = read.WAYMARK_DEMO === '1'
  const here = ['127.0.0.1', '::1', 'localhost'].includes(host)
  const found: [boolean, string, string][] = [
    [
      demonstration && issuer !== undefined,
      'A demonstration takes everybody at their word, so it cannot have an issuer.',
      'Set WAYMARK_DEMO=0, or leave WAYMARK_ISSUER out.',
    ],
    [
      issuer !== undefined && address === undefined,
      'WAYMARK_ISSUER is set and WAYMARK_ADDRESS is not: people could not be sent back.',
      'Set WAYMARK_ADDRESS to the address of this service, as people type it.',
    ],
    [
      demonstration && !here,
      `Demonstration data is shown on this machine alone, not on ${host}.`,
      'Set WAYMARK_DEMO=0, or listen on 127.0.0.1.',
    ],
    [
      !demonstration && !here && address === undefined,
      `WAYMARK_HOST is ${host} and WAYMARK_ADDRESS is not set: other machines would not be answered.`,
      'Set WAYMARK_ADDRESS to the address of this service, as people type it.',
    ],
  ]
  return found.filter(([clash]) => clash).map(([, message, mend]) => ({ message, mend }))
}

/** Reads settings; an unknown or malformed one stops the start with a clear sentence. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Settings> {
  const ours = Object.entries(environment).filter(
    ([name, value]) => value !== undefined && (name === 'PORT' || name.startsWith('WAYMARK_')),
  )
  const read = settingsSchema.safeParse(Object.fromEntries(ours))
  if (read.success) return fine(read.data)
  const problems = read.error.issues.flatMap((issue) => inWords(issue, environment))
  // A setting that is wrong in two ways is told once.
  return refuse(...new Map(problems.map((one) => [one.message, one])).values())
}

function inWords(
  issue: z.core.$ZodIssue,
  environment: Readonly<Record<string, string | undefined>>,
): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknown)
  const mend = mendIn(issue)
  const [name] = issue.path
  if (typeof name !== 'string') return [{ message: issue.message, ...mend }]
  const says = secrets.includes(name) ? 'set' : `"${environment[name]}"`
  const wanted = shapes[name as keyof typeof shapes].description
  return [{ message: `${name} is ${says}; it must be ${wanted}.`, ...mend }]
}

const unknown = (name: string): Problem => ({
  message: `I don't know the setting ${name}.${didYouMean(name, names)}`,
  mend: `The settings are: ${names.join(', ')}.`,
})

/** Never said back, also where they are malformed. */
const secrets: readonly string[] = ['WAYMARK_CLIENT_SECRET']

/** How to mend it, where the shape itself can say. */
function mendIn(issue: z.core.$ZodIssue): { mend?: string } {
  const mend = issue.code === 'custom' ? issue.params?.mend : undefined
  return typeof mend === 'string' ? { mend } : {}
}
