/**
 * The tables of the record, as every store has them: their columns, what finds a row, and how a row
 * is kept. A store makes them in its own language; a test holds that it made just these.
 */

/** What a column holds; with `?` it may hold nothing. */
type Holds = 'text' | 'text?' | 'integer' | 'integer?' | 'bytes' | 'bytes?'

/** One value of a row. */
export type Cell = string | number | Buffer | null

type Columns = Readonly<Record<string, Holds>>

export type Table = {
  /**
   * `for-ever`: never changed and never removed. `as-it-stands`: each act may replace it.
   * `until-cleared`: written once, and cleared when it is old.
   */
  kept: 'for-ever' | 'as-it-stands' | 'until-cleared'
  /** What finds a row. */
  key: readonly string[]
  columns: Columns
  /**
   * Columns that no act covers, because they change without one or are derived from what is
   * chained; each with the reason.
   */
  loose: Readonly<Record<string, string>>
}

const table = <const C extends Columns>(
  kept: Table['kept'],
  key: readonly (keyof C & string)[],
  columns: C,
  loose: { readonly [column in keyof C & string]?: string } = {},
) => ({ kept, key, columns, loose: loose as Readonly<Record<string, string>> })

const snapshot = {
  machine: 'text',
  machineVersion: 'integer',
  state: 'text',
  context: 'text',
} as const

const entry = {
  id: 'text',
  referral: 'text',
  version: 'integer',
  place: 'integer',
  act: 'text',
  actor: 'text',
  at: 'text',
  sealed: 'bytes',
} as const

const answer = {
  ...entry,
  offence: 'integer?',
  fact: 'text',
  agency: 'text',
  supersedes: 'text?',
} as const

export const tables = {
  child: table('as-it-stands', ['id'], { id: 'text', identity: 'bytes?', erasedAt: 'text?' }),
  referral: table('as-it-stands', ['id'], {
    id: 'text',
    partnership: 'text',
    area: 'text?',
    child: 'text',
    reference: 'text?',
    ...snapshot,
    version: 'integer',
    openedAt: 'text',
    updatedAt: 'text',
    offences: 'integer',
    status: 'text?',
    recommendation: 'text?',
    dueOn: 'text?',
    clinic: 'text?',
    barred: 'text',
    erasedAt: 'text?',
    salt: 'text',
  }),
  offence: table('for-ever', ['referral', 'number'], { referral: 'text', number: 'integer' }),
  victim: table('as-it-stands', ['referral', 'number'], {
    referral: 'text',
    number: 'integer',
    offences: 'text?',
  }),

  answer: table('for-ever', ['id'], answer),
  protected_answer: table('for-ever', ['id'], answer),
  victim_answer: table('for-ever', ['id'], {
    ...entry,
    offence: 'integer?',
    victim: 'integer?',
    fact: 'text',
    agency: 'text',
    supersedes: 'text?',
  }),
  note: table('for-ever', ['id'], entry),
  recommendation: table('for-ever', ['id'], {
    ...entry,
    asAt: 'text',
    ruleSet: 'text',
    status: 'text',
  }),
  decision: table('for-ever', ['id'], { ...entry, clinic: 'text?', recommendation: 'text' }),
  departure: table('for-ever', ['id'], {
    ...entry,
    fromWhat: 'text',
    fromWhich: 'text',
    reason: 'text',
    recommendation: 'text',
  }),
  checklist: table('for-ever', ['id'], { ...entry, instrument: 'text', edition: 'integer' }),
  victim_entry: table('for-ever', ['id'], { ...entry, victim: 'integer', kind: 'text' }),
  case_event: table(
    'for-ever',
    ['id'],
    {
      partnership: 'text',
      seq: 'integer',
      id: 'text',
      referral: 'text',
      child: 'text',
      version: 'integer',
      place: 'integer',
      act: 'text',
      chart: 'text',
      delivery: 'text?',
      type: 'text',
      at: 'text',
      actor: 'text',
      body: 'text',
    },
    { seq: 'Derived: events are numbered in the order of their acts.' },
  ),

  delivery: table('as-it-stands', ['referral', 'id'], {
    referral: 'text',
    id: 'text',
    decision: 'text',
    ...snapshot,
  }),
  condition: table('as-it-stands', ['referral', 'id'], {
    referral: 'text',
    id: 'text',
    delivery: 'text',
    decision: 'text',
    state: 'text',
    startBy: 'text?',
    dueOn: 'text?',
  }),
  task: table('as-it-stands', ['referral', 'id'], {
    referral: 'text',
    id: 'text',
    task: 'text',
    agency: 'text',
    dueOn: 'text?',
    since: 'text',
    doneAt: 'text?',
    toldAt: 'text?',
    salt: 'text',
  }),
  clock: table('as-it-stands', ['referral', 'id'], {
    referral: 'text',
    id: 'text',
    what: 'text',
    rule: 'text?',
    about: 'text',
    dueOn: 'text',
    hard: 'integer',
    state: 'text',
    salt: 'text',
  }),

  clinic: table('as-it-stands', ['id'], {
    id: 'text',
    partnership: 'text',
    area: 'text?',
    heldOn: 'text',
    state: 'text',
    version: 'integer',
    minutes: 'bytes?',
  }),
  attendance: table('as-it-stands', ['clinic', 'place'], {
    clinic: 'text',
    place: 'integer',
    person: 'text',
    role: 'text',
    agency: 'text',
    way: 'text',
    name: 'bytes?',
  }),
  conflict: table('as-it-stands', ['clinic', 'referral', 'person'], {
    clinic: 'text',
    referral: 'text',
    person: 'text',
    at: 'text',
  }),
  clinic_item: table('as-it-stands', ['clinic', 'referral'], {
    clinic: 'text',
    referral: 'text',
    state: 'text',
  }),

  rule_set: table('for-ever', ['digest'], {
    digest: 'text',
    partnership: 'text',
    act: 'text',
    at: 'text',
    content: 'bytes',
  }),
  rule_set_event: table('for-ever', ['id'], {
    partnership: 'text',
    seq: 'integer',
    id: 'text',
    act: 'text',
    ruleSet: 'text',
    type: 'text',
    at: 'text',
    actor: 'text',
    body: 'text',
    notes: 'text',
  }),

  idempotency_key: table('for-ever', ['owner', 'key'], {
    owner: 'text',
    key: 'text',
    referral: 'text',
    child: 'text',
    status: 'integer',
    at: 'text',
    sealed: 'bytes',
  }),
  outbox: table(
    'until-cleared',
    ['id'],
    {
      seq: 'integer',
      id: 'text',
      act: 'text',
      kind: 'text',
      body: 'text',
      at: 'text',
      deliveredAt: 'text?',
    },
    {
      seq: 'The order of handing on alone; an audit message says its own number.',
      deliveredAt: 'Only whoever takes messages can tell which it took: theirs have no gaps.',
    },
  ),
  session: table(
    'as-it-stands',
    ['hashedId'],
    { hashedId: 'text', startedAt: 'integer', lastSeenAt: 'integer', holds: 'text' },
    {
      lastSeenAt:
        'Each use moves it on, and is no act. It can lengthen a session to its eight hours.',
    },
  ),
  service_key: table('as-it-stands', ['id'], {
    id: 'text',
    hashedSecret: 'text',
    system: 'text',
    grants: 'text',
    madeAt: 'integer',
    expiresAt: 'integer',
    revokedAt: 'integer?',
  }),
} as const satisfies Record<string, Table>

export type TableName = keyof typeof tables

type Value<H extends Holds> =
  | (H extends 'text' | 'text?' ? string : H extends 'integer' | 'integer?' ? number : Buffer)
  | (H extends `${string}?` ? null : never)

/** A whole row with these columns. */
export type RowOfColumns<C extends Columns> = { -readonly [column in keyof C]: Value<C[column]> }

/** A whole row of a table, by the names that its columns have in the program. */
export type RowOf<T extends TableName> = RowOfColumns<(typeof tables)[T]['columns']>

/** What finds a row of any table, in the order of `key`. */
export type Key = readonly Cell[]

/** A row as an act writes it. What is loose is left to the store. */
export type Put = {
  [T in TableName]: { table: T; row: Omit<RowOf<T>, LooseOf<T>> & Partial<RowOf<T>> }
}[TableName]
type LooseOf<T extends TableName> = T extends 'case_event' | 'outbox'
  ? 'seq' | 'deliveredAt'
  : never

/** The name of a column in the database: `dueOn` is `due_on`. */
export const columnName = (column: string): string =>
  column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
