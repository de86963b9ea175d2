import { z } from 'zod'
import { didYouMean, fine, type Problem, type Result, refuse } from './domain/problem.ts'

/** The service's settings, from the environment. */
export type Settings = {
  port: number
  host: string
  database: string
  rules: string
  demonstration: boolean
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
  WAYMARK_RULES: z.string().min(1).default('rules'),
  WAYMARK_DEMO: z.enum(['0', '1']).default('1'),
}

const meanings: Record<keyof typeof shapes, string> = {
  PORT: 'a port from 0 to 65535 (0 takes any free one)',
  WAYMARK_HOST: 'an address to listen on: 127.0.0.1, ::1, localhost, 0.0.0.0 or ::',
  WAYMARK_DATABASE: 'the path of the database file',
  WAYMARK_RULES: 'the path of the rules folder',
  WAYMARK_DEMO: '1 for made-up demonstration data, 0 without',
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
    problems.push({ message: `${name} is "${environment[name]}"; it must be ${meanings[name]}.` })
    return undefined
  }
  const settings = {
    port: read('PORT') ?? 3000,
    host: read('WAYMARK_HOST') ?? '127.0.0.1',
    database: read('WAYMARK_DATABASE') ?? '',
    rules: read('WAYMARK_RULES') ?? '',
    demonstration: read('WAYMARK_DEMO') !== '0',
  }
  if (settings.demonstration && !['127.0.0.1', '::1', 'localhost'].includes(settings.host))
    problems.push({
      message: `Demonstration data is shown on this machine alone, not on ${settings.host}.`,
      mend: 'Set WAYMARK_DEMO=0, or listen on 127.0.0.1.',
    })
  return problems.length > 0 ? refuse(...problems) : fine(settings)
}
