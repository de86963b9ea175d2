import { bodyOfStored } from './canonical.ts'
import { genesis, hashAt, linkAfter } from './chain.ts'
import { bodyOfAct, casesOf, keyOf, type Line, linesIn, type RowOfLog } from './log.ts'
import type { EventNumber, Mismatch, RecordReader, StoredRow } from './reader.ts'
import { columnName, type Key, type TableName, tables } from './tables.ts'
import { checkMessages } from './verify-messages.ts'

/**
 * Recomputes every chain, and holds every row of the record against what the last act that names it
 * wrote. Needs no keys. What it cannot see: that the end of a chain was cut off, or a whole old
 * backup put in its place (db/record/chain.ts).
 */
export async function verifyRecord(reader: RecordReader): Promise<Mismatch[]> {
  const found: Mismatch[] = []
  const matched = new Map<TableName, number>()
  const apart = await walkChains(reader, found)
  await compare(reader, apart.lines, matched, found)
  for await (const child of reader.children()) {
    const lines = latestLines()
    for (const act of await reader.writingActsOf(child)) lines.take(act, ofCases)
    await compare(reader, lines.all, matched, found)
  }
  for (const table of covered)
    if ((await reader.count(table)) !== (matched.get(table) ?? 0))
      await findUnwritten(reader, table, found)
  await checkMessages(reader, apart.cleared, found)
  await checkNumbers(reader, found)
  return found
}

/** Tables whose rows are written by acts on the service or on clinics; all others, on cases. */
const ofClinicsOrService: ReadonlySet<TableName> = new Set([
  'clinic',
  'attendance',
  'conflict',
  'rule_set',
  'rule_set_event',
  'session',
  'service_key',
])
/** Messages are cleared when they are old, and are looked at by themselves. */
const stays = (table: TableName) => tables[table].kept !== 'until-cleared'
const ofCases = (table: TableName) => stays(table) && !ofClinicsOrService.has(table)
const covered = (Object.keys(tables) as TableName[]).filter(stays)

/** What stands according to the acts: for each row, the last line that names it. */
function latestLines() {
  const all = new Map<string, { line: Line; act: RowOfLog }>()
  return {
    all,
    take: (act: RowOfLog, of: (table: TableName) => boolean) => {
      for (const line of linesIn(act)) {
        if (!of(line[0])) continue
        const name = JSON.stringify([line[0], line[1]])
        const before = all.get(name)
        if (!before || isLater(act, before.act)) all.set(name, { line, act })
      }
    },
  }
}
type Lines = ReturnType<typeof latestLines>['all']

/** Acts of one log are in its order; a case that changed hands is in the order of its versions. */
function isLater(one: RowOfLog, other: RowOfLog): boolean {
  if (one.partnership === other.partnership) return one.seq > other.seq
  if (one.cases === other.cases) return (one.version ?? 0) > (other.version ?? 0)
  return one.at > other.at
}

/** Walks every chain. What is wrong with one row does not blame the next. */
async function walkChains(reader: RecordReader, found: Mismatch[]) {
  const lines = latestLines()
  let end = { partnership: '', seq: 0, hash: genesis }
  const cleared = new Set<string>()
  let named = 0
  for await (const act of reader.acts()) {
    if (act.partnership !== end.partnership) end = { ...end, seq: 0, hash: genesis }
    for (const says of wrongWith(act, end)) found.push(inLog(act, says))
    named += await checkIndex(reader, act, found)
    lines.take(act, (table) => ofClinicsOrService.has(table))
    for (const [table, [id], body] of linesIn(act))
      if (table === 'outbox' && body === null) cleared.add(String(id))
    end = act
  }
  if (named !== (await reader.count('access_case')))
    found.push({ table: 'access_case', row: '', says: 'holds rows that no act is about' })
  return { lines: lines.all, cleared }
}

function wrongWith(act: RowOfLog, end: { seq: number; hash: string }): string[] {
  const { partnership, seq, prev, hash } = act
  const next = linkAfter(partnership, end.seq === 0 ? undefined : end)
  const place = () => {
    if (seq !== next.seq) return [`${seq - next.seq} rows before it are missing`]
    return prev === next.prev ? [] : ['does not follow the row before it']
  }
  const own = hashAt({ partnership, seq, prev }, bodyOfAct(act)) === hash ? [] : ['was changed']
  return [...place(), ...own]
}

const inLog = ({ partnership, seq }: { partnership: string; seq: number }, says: string) => ({
  table: 'access_log',
  row: `${partnership} ${seq}`,
  says,
})

/** Holds the index by case and child against the act. @returns how many cases the act names */
async function checkIndex(reader: RecordReader, act: RowOfLog, found: Mismatch[]) {
  const cases = casesOf(act)
  for (const [referral, child] of cases)
    if (!(await reader.indexed(referral, child, act.partnership, act.seq)))
      found.push(inLog(act, `is not found by the case ${referral} that it is about`))
  return cases.length
}

/** Holds rows against what the last acts on them wrote, and counts those that there should be. */
async function compare(
  reader: RecordReader,
  lines: Lines,
  matched: Map<TableName, number>,
  found: Mismatch[],
): Promise<void> {
  for (const { line } of lines.values()) {
    const [table, key, body] = line
    const row = await reader.row(table, key)
    if (row) matched.set(table, (matched.get(table) ?? 0) + 1)
    const says = differs(table, row, body)
    if (says) found.push({ table, row: key.join(' '), says })
  }
}

function differs(table: TableName, row: StoredRow | undefined, body: string | null) {
  if (body === null) return row && 'was taken away, and is back'
  if (!row) return 'was taken out'
  return bodyOfStored(table, row) === body ? undefined : 'is not as it was last written'
}

/** Rows that no act names. */
async function findUnwritten(reader: RecordReader, table: TableName, found: Mismatch[]) {
  const written = new Set<string>()
  for await (const act of reader.acts())
    for (const [of, key] of linesIn(act)) if (of === table) written.add(JSON.stringify(key))
  for await (const row of reader.rows(table)) {
    const key = storedKey(table, row)
    if (!written.has(JSON.stringify(key)))
      found.push({ table, row: key.join(' '), says: 'nobody is known to have written it' })
  }
}

const storedKey = (table: TableName, row: StoredRow): Key =>
  keyOf(
    table,
    Object.fromEntries(tables[table].key.map((column) => [column, row[columnName(column)]])),
  )

/** Events of a partnership are numbered without gaps, in the order of their acts. */
async function checkNumbers(reader: RecordReader, found: Mismatch[]): Promise<void> {
  let last: EventNumber = { partnership: '', seq: 0, actSeq: 0, place: -1 }
  for await (const one of reader.eventNumbers()) {
    if (one.partnership !== last.partnership) last = { ...one, seq: 0, actSeq: 0, place: -1 }
    const inOrder =
      one.actSeq !== null &&
      last.actSeq !== null &&
      (one.actSeq > last.actSeq || (one.actSeq === last.actSeq && one.place > last.place))
    if (one.seq !== last.seq + 1 || !inOrder)
      found.push({
        table: 'case_event',
        row: `${one.partnership} ${one.seq}`,
        says: 'is not numbered in the order of what happened',
      })
    last = one
  }
}
