import { z } from 'zod'
import { agencies } from '../../domain/lists.ts'
import { plainDateSchema } from '../../domain/plain-date.ts'

const words = z.string().trim().min(1).max(4_000)
const yesNo = z.enum(['yes', 'no'])
const on = plainDateSchema.describe('The day')
/** As the fact victim.consent_scope has them; the rules check the words. */
const scope = z.array(z.string().max(40)).max(20)

const identity = z.strictObject({
  kind: z.literal('identity'),
  name: z.string().trim().min(1).max(120),
  reach: words.optional().describe('How to get in touch, and how not to'),
  needs: words.optional().describe('What makes it easier: language, format, somebody beside them'),
})

const consent = z.strictObject({
  kind: z.literal('consent'),
  what: z.enum(['answered', 'withdrawn']),
  on,
  askedBy: z.enum(agencies).optional().describe('Who asked; needed where it was answered'),
  agrees: yesNo.optional().describe('Needed where it was answered'),
  scope: scope
    .optional()
    .describe(
      'What the agreement covers; where it is withdrawn, what is taken back: all if left out',
    ),
})

const views = z.strictObject({
  kind: z.literal('views'),
  on,
  view: words.optional().describe('In the victim’s own words'),
  supportsInformal: yesNo.optional(),
  wantsRestorativeJustice: yesNo.optional(),
})

const safety = z.strictObject({
  kind: z.literal('safety'),
  on,
  ongoingContact: yesNo.optional().describe('Whether victim and child still meet'),
  protectiveCondition: yesNo.optional().describe('Whether the plan protects the victim'),
  concerns: words.optional(),
})

const request = z.strictObject({
  kind: z.literal('request'),
  on,
  what: z.enum(['progress-updates', 'restorative-justice', 'protection', 'support', 'other']),
  words: words.optional(),
})

const contact = z.strictObject({
  kind: z.literal('contact'),
  on,
  how: z.enum(['letter', 'telephone-call', 'visit', 'message', 'through-somebody-else']),
  about: z.enum(['consent', 'views', 'restorative-justice', 'decision', 'progress', 'other']),
  words: words.optional(),
})

/** What is recorded about a victim beside the facts. */
export const victimEntrySchema = z
  .discriminatedUnion('kind', [identity, consent, views, safety, request, contact])
  .superRefine((one, { addIssue }) => {
    const says = lacking(one)
    if (says) addIssue({ code: 'custom', path: [says.key], message: says.message })
  })
export type VictimInputEntry = z.output<typeof victimEntrySchema>

type Given = z.output<typeof consent | typeof safety | typeof request> | { kind: string }

/** What one kind of entry needs besides its shape. */
function lacking(one: Given): { key: string; message: string } | undefined {
  const need = (key: string, message: string) => ({ key, message })
  if (one.kind === 'consent' && 'what' in one && one.what === 'answered') {
    const { askedBy, agrees, scope: covers = [] } = one as z.output<typeof consent>
    if (!askedBy) return need('askedBy', 'is missing: say who asked')
    if (!agrees) return need('agrees', 'is missing: say what the victim answered')
    if (agrees === 'yes' && covers.length === 0)
      return need('scope', 'is missing: say what the victim agreed to')
    if (agrees === 'no' && covers.length > 0)
      return need('scope', 'says what was agreed to, but the victim did not agree')
  }
  if (one.kind === 'safety') {
    const { ongoingContact, protectiveCondition, concerns } = one as z.output<typeof safety>
    if (!ongoingContact && !protectiveCondition && !concerns)
      return need('concerns', 'is missing: say something about safety')
  }
  if (one.kind === 'request' && 'words' in one === false && 'what' in one && one.what === 'other')
    return need('words', 'is missing: say what was asked for')
  return undefined
}

/** What is recorded about a victim: answers to the rules' questions, and one entry beside them. */
export const victimSchema = z.strictObject({
  offences: z
    .array(z.int().positive())
    .min(1)
    .max(100)
    .optional()
    .describe('Of a new victim: the offences it is about; all when left out'),
  facts: z
    .array(
      z.strictObject({
        fact: z.string().max(80),
        answer: z
          .union([z.string().max(4_000), z.number(), z.array(z.string().max(200)).max(1_000)])
          .nullable()
          .describe('null where it is not known'),
        because: z.string().trim().min(1).max(500).optional(),
        evidence: words.optional(),
        suppliedBy: z.enum(agencies).optional().describe('Your own agency when left out'),
      }),
    )
    .max(100)
    .default([]),
  entry: victimEntrySchema.optional(),
})
export type VictimInput = z.output<typeof victimSchema>

/** A victim by number, or one who is not in the case yet. */
export const victimNumberSchema = z.union([z.literal('new'), z.int().positive().max(100)])
