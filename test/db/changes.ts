import fc from 'fast-check'
import type {
  Access,
  AnswerEntry,
  CaseRow,
  Change,
  RecommendationEntry,
} from '../../src/casework/ports.ts'
import { agencies, statuses } from '../../src/domain/lists.ts'
import type { Actor } from '../../src/domain/roles.ts'

/** Made-up acts, whole and in parts. Every id holds the case's, so that cases never meet. */

export const officer: Actor = {
  person: 'officer-1',
  role: 'referring-officer',
  agency: 'police',
}
export const at = '2026-11-02T09:30:00.000Z'
export const access: Access = { actor: officer, at, action: 'case.change', requestId: 'request-1' }
const by = { by: officer, at }

export const caseRow = (id = 'case-1', more: Partial<CaseRow> = {}): CaseRow => ({
  id,
  partnership: 'derby',
  area: null,
  child: `child-of-${id}`,
  reference: null,
  snapshot: { machine: 'referral', version: 2, value: 'received', context: { offences: [1] } },
  version: 1,
  openedAt: at,
  updatedAt: at,
  offences: 1,
  status: null,
  recommendation: null,
  dueOn: null,
  clinic: null,
  barred: [],
  erasedAt: null,
  ...more,
})

export const opening = (id = 'case-1', more: Partial<Change> = {}): Change => ({
  row: caseRow(id),
  from: null,
  access,
  ...more,
})

/** The next act on a case. */
export const following = (row: CaseRow, more: Partial<Change> = {}): Change => ({
  row: { ...row, version: row.version + 1 },
  from: row.version,
  access,
  ...more,
})

export const event = (
  id: string,
  type: 'referral.accepted' | 'evidence.fellAway' = 'referral.accepted',
) => ({
  id,
  chart: 'referral' as const,
  delivery: null,
  event:
    type === 'referral.accepted'
      ? { type, ...by }
      : {
          type,
          ...by,
          offences: [1],
          scope: 'offence' as const,
          reason: { code: 'withdrawn' as never },
        },
})

export const note = (id: string, text: string) => ({ id, ...by, about: 'reason', text })

export const answer = (id: string, more: Partial<AnswerEntry> = {}): AnswerEntry => ({
  id,
  ...by,
  about: { what: 'referral' },
  fact: 'child.care_status',
  answer: 'none',
  suppliedBy: 'social-care',
  supersedes: null,
  kept: 'ordinary',
  ...more,
})

export const recommendation = (id: string, more: Partial<RecommendationEntry> = {}) => ({
  id,
  ...by,
  asAt: '2026-11-02',
  ruleSet: 'sha256-00000000',
  status: 'open' as const,
  summary: { kind: 'recommendation', advisory: true } as RecommendationEntry['summary'],
  grounds: { 'clocks/reply': 'a-digest' },
  digest: 'sha256-11111111',
  given: { facts: { b: 1, a: 2 } },
  ...more,
})

/** An act that writes something into every table, with one text throughout that can be looked for. */
export const full = (id: string, words: string, more: Partial<CaseRow> = {}): Change => ({
  row: caseRow(id, {
    offences: 2,
    status: 'open',
    recommendation: `${id}-r1`,
    reference: `REF ${id} ${words}`,
    ...more,
  }),
  from: null,
  access: { ...access, purpose: 'a request of the child’s solicitor' },
  identity: { name: words, dateOfBirth: '2011-05-14' },
  events: [event(`${id}-e1`), event(`${id}-e2`)],
  answers: [
    answer(`${id}-a1`, { answer: words, evidence: words }),
    answer(`${id}-a2`, { about: { what: 'offence', number: 2 }, answer: null, because: words }),
    answer(`${id}-a3`, { kept: 'protected', fact: 'child.ethnicity', answer: [words] }),
    answer(`${id}-a4`, { kept: 'victim', about: { what: 'victim', number: 1 }, answer: words }),
  ],
  notes: [note(`${id}-n1`, words), note(`${id}-n2`, words.repeat(200))],
  recommendations: [recommendation(`${id}-r1`, { given: { facts: { view: words } } })],
  decisions: [
    {
      id: `${id}-d1`,
      ...by,
      clinic: null,
      recommendation: `${id}-r1`,
      chosen: [{ offence: 1, disposal: 'community-resolution', standing: 'open', reasons: words }],
      left: [2],
      lesserOptions: [{ offence: 1, disposal: 'no-further-action', why: words }],
      conditions: [
        {
          id: `${id}-c1`,
          offence: 1,
          text: words,
          tiedTo: { what: 'need', which: words },
          by: 'youth-justice',
          startBy: null,
          dueOn: '2027-01-04',
        },
      ],
      victimConsidered: words,
      childsWords: words,
      dissent: [{ agency: 'health', position: words, why: words }],
      notKnown: [words],
      attendance: [
        { person: 'p-1', name: words, role: 'clinic-chair', agency: 'chair', way: 'remote' },
      ],
      withdrew: [
        { person: 'p-2', name: words, role: 'clinic-member', agency: 'health', way: 'in-person' },
      ],
      settled: 'at-the-clinic',
      departures: [`${id}-p1`, `${id}-p2`],
    },
  ],
  departures: [
    {
      id: `${id}-p1`,
      ...by,
      from: { what: 'starting-point', disposal: 'charge' },
      reasonCode: 'welfare',
      text: words,
      recommendation: `${id}-r1`,
      era: 'derby 0',
      ground: 'met 1',
    },
    {
      id: `${id}-p2`,
      ...by,
      from: { what: 'requirement', requirement: 'clocks/reply' },
      reasonCode: 'other',
      text: words,
      recommendation: `${id}-r1`,
      era: 'derby 0',
      ground: 'met 1',
    },
  ],
  checklists: [
    {
      id: `${id}-l1`,
      ...by,
      instrument: 'ten-points',
      version: 1,
      answers: [{ point: '1', answer: words, suppliedBy: 'home', sealed: true }],
    },
  ],
  victims: [{ number: 1, offences: [2] }],
  victimEntries: [
    { id: `${id}-v1`, ...by, number: 1, kind: 'identity', content: { name: words } },
    { id: `${id}-v2`, ...by, number: 1, kind: 'views', content: { words } },
  ],
  deliveries: [
    {
      id: `${id}-y1`,
      decision: `${id}-d1`,
      snapshot: { machine: 'delivery', version: 1, value: 'agreed', context: { conditions: [] } },
    },
  ],
  conditions: [
    {
      id: `${id}-c1`,
      delivery: `${id}-y1`,
      decision: `${id}-d1`,
      state: 'open',
      startBy: null,
      dueOn: '2027-01-04',
    },
  ],
  tasks: [
    {
      id: `${id}-t1`,
      task: 'home/behaviour-policy',
      of: 'home',
      dueOn: '2026-11-20',
      since: at,
      doneAt: null,
      toldAt: null,
    },
  ],
  clocks: [
    {
      id: `${id}-k1`,
      what: 'limitation',
      rule: 'clocks/limitation',
      about: '1',
      dueOn: '2027-04-20',
      hard: true,
      state: 'running',
    },
  ],
  outbox: [{ id: `${id}-o1`, kind: 'notice', body: { case: id } }],
  idempotency: {
    owner: 'system-1',
    key: `${id}-key`,
    request: 'sha256-22222222',
    status: 201,
    headers: { location: `/v1/cases/${id}` },
    body: words,
    at,
  },
})

/** Any words, half a character of two and NUL among them. */
export const anyWords = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom('', '\u0000', '\ud83d', "'; DROP TABLE note; --", 'Ä'.repeat(600)),
)
const jsonValue = fc.jsonValue({ maxDepth: 3 }).map((one) => JSON.parse(JSON.stringify(one)))

export const anyAnswer: fc.Arbitrary<AnswerEntry['answer']> = fc.oneof(
  anyWords,
  fc.integer(),
  fc.constant(null),
  fc.array(anyWords, { maxLength: 3 }),
)

/** A case with anything in it that the types allow, as far as it matters to a store. */
export const anyOpening = fc
  .record({
    words: anyWords,
    said: fc.array(anyAnswer, { maxLength: 4 }),
    identity: fc.option(fc.record({ name: anyWords }), { nil: undefined }),
    given: jsonValue,
    context: fc.dictionary(fc.string({ maxLength: 5 }), jsonValue, { maxKeys: 3 }),
    agency: fc.constantFrom(...agencies),
    status: fc.option(fc.constantFrom(...statuses)),
    purpose: fc.option(anyWords, { nil: undefined }),
    offences: fc.integer({ min: 1, max: 5 }),
    victims: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ words, said, identity, given, context, agency, status, purpose, offences, victims }) => {
    const id = 'case-1'
    const row = caseRow(id, { status, offences })
    row.snapshot.context = JSON.parse(JSON.stringify(context))
    return {
      row,
      from: null,
      access: { ...access, ...(purpose === undefined ? {} : { purpose }) },
      ...(identity ? { identity } : {}),
      events: [event(`${id}-e1`)],
      answers: said.map((one, i) =>
        answer(`${id}-a${i}`, {
          answer: one,
          suppliedBy: agency,
          about: i % 2 === 0 ? { what: 'referral' } : { what: 'offence', number: offences },
          supersedes: null,
        }),
      ),
      notes: [note(`${id}-n1`, words)],
      recommendations: [recommendation(`${id}-r1`, { given })],
      victims: Array.from({ length: victims }, (_, i) => ({ number: i + 1, offences: null })),
      victimEntries: Array.from({ length: victims }, (_, i) => ({
        id: `${id}-v${i}`,
        ...by,
        number: i + 1,
        kind: 'views' as const,
        content: { words },
      })),
    } satisfies Change
  })
