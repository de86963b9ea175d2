import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { type Field, fieldOf, regimes, register, retentionOf } from '../db/register.ts'
import * as schema from '../db/sqlite/schema.ts'
import { type Part, parts, partsOfRole } from '../src/access/fields.ts'
import { isAction, policy } from '../src/access/policy.ts'

/** Every table of the schema with its columns, as the database names them. */
export const columnsOfSchema = (): Record<string, string[]> =>
  Object.fromEntries(
    Object.values(schema)
      .filter((one) => is(one, SQLiteTable))
      .map((table) => [
        getTableName(table),
        Object.values(getTableColumns(table)).map(({ name }) => name),
      ]),
  )

/** Who sees a field, by the tables of `src/access`; undefined where they know of no such thing. */
export function seenBy(seen: Field['seen']): string | undefined {
  if (seen === 'service') return 'the service alone'
  const name = seen.slice(seen.indexOf(':') + 1)
  if (seen.startsWith('part:'))
    return Object.hasOwn(parts, name) ? rolesOf(name as Part) : undefined
  if (!isAction(name)) return undefined
  const { who } = policy[name]
  if (who === 'anyone') return 'anyone'
  return who === 'signed-in' ? 'whoever is signed in' : inWords(who)
}

const rolesOf = (part: Part): string =>
  inWords(
    Object.entries(partsOfRole).flatMap(([role, sees]) => (sees.includes(part) ? [role] : [])),
  )
const inWords = (roles: readonly string[]): string => roles.join(', ').replaceAll('-', ' ')

/** docs/field-register.md. */
export function registerText(): string {
  const tables = Object.entries(register).flatMap(([table, { holds, columns }]) => [
    `## ${table}`,
    '',
    `${holds}.`,
    '',
    '| column | for | law | seen by | sealed | kept |',
    '|---|---|---|---|---|---|',
    ...Object.keys(columns).map((column) => line(column, fieldOf(table, column))),
    '',
  ])
  return `${[...introduction, ...whoSees(), ...tables].join('\n').trimEnd()}\n`
}

function line(column: string, field: Field | undefined): string {
  if (!field) return ''
  const { purpose, regime, seen, sealed } = field
  const key = sealed ? `with the key of the ${sealed}` : 'no'
  return `| \`${column}\` | ${purpose} | ${regime.map((one) => laws[one]).join(', ')} | ${shortOf(seen)} | ${key} | ${retentionOf(field)} |`
}

const laws = { 'law-enforcement': 'Part 3', 'uk-gdpr': 'general', none: 'none' } as const

/** `case.read`, `part: facts`, or `service`. */
const shortOf = (seen: Field['seen']): string =>
  seen.startsWith('action:') ? seen.slice('action:'.length) : seen.replace(':', ' ')

/** What the words of the column "seen by" mean, as far as the register uses them. */
function whoSees(): string[] {
  const used = Object.entries(register).flatMap(([table, { columns }]) =>
    Object.keys(columns).flatMap((column) => fieldOf(table, column)?.seen ?? []),
  )
  const rows = [...new Set(used)]
    .sort()
    .map((seen) => `| ${shortOf(seen)} | ${seenBy(seen) ?? ''} |`)
  return ['## Who sees what', '', '| seen by | that is |', '|---|---|', ...rows, '']
}

const introduction = [
  '# The field register',
  '',
  'Every column of the database: what it is for, under which law it is processed, who sees it,',
  'whether it is sealed, and how long it is kept. Written by',
  '`node dist/scripts/write-field-register.js` from `db/register/` and from who may do and see what',
  'in `src/access`; a test fails when a column is missing here.',
  '',
  `- **Law.** \`Part 3\`: ${regimes['law-enforcement']}. \`general\`: ${regimes['uk-gdpr']}. \`none\`: ${regimes.none}.`,
  '  Where two stand, each agency processes it under its own: the police, and others who act for law',
  '  enforcement, under Part 3. Which applies to whom is for each controller’s data protection officer',
  '  to confirm.',
  '- **Sealed.** Encrypted with a key that lies in a file of its own. Destroying the key erases what',
  '  it sealed, in every copy and backup of the database.',
  '- **Kept.** No retention period for a record is written into Waymark: no source that was read gives',
  '  a figure, and nothing of a record is removed by itself. Messages that only pass through, and who',
  '  is signed in, are cleared, after times that are Waymark’s own choice.',
  '- Who sees a field sees it in the cases of their own partnership or area alone, and every reading',
  '  of a case is logged.',
  '- **Chains.** A changed row, a row taken out and a row put in are seen by `waymark db check`; what is',
  '  not is listed in `test/db/record.test.ts` with its reason. That the end of a chain was cut off, or rewritten with all its hashes, is seen',
  '  by nobody inside: that needs somebody outside who holds a later hash, and is not built yet.',
  '- The key file holds `subject_key` (subject, key, made_at) and `destroyed_subject` (subject,',
  '  destroyed_at). A subject is an id; nobody sees the keys but the service.',
  '',
]
