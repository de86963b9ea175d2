import { describe, expect, it } from 'vitest'
import { type Case, caseSchema } from '../../src/domain/case.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { checkFiles } from '../../src/rules/check.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import { runExamples } from '../../src/rules/run-examples.ts'
import type { SourceFile } from '../../src/rules/yaml-file.ts'
import { fences, readPage } from '../support/markdown.ts'
import { realRulesFolder, ruleSetOf } from '../support/real-rules.ts'

/**
 * Follows rules/README.md as a new policy lead would, with its own words: the fact, the test, the
 * dates and the example are taken from the page, and every message it shows must be the real one.
 */

const page = readPage('rules/README.md')
const { blocks } = fences(page)
const shown = (language: string, has: string): string => {
  const found = blocks.find((one) => one.language === language && one.text.includes(has))
  if (!found) throw new Error(`rules/README.md no longer shows "${has}".`)
  return found.text
}
/** Messages as the page shows them, without the places, which move. */
const messages = blocks.filter(({ language }) => language === 'text').map(({ text }) => text)

type Files = Record<string, string>
const shipped: Files = Object.fromEntries(
  readFolder(realRulesFolder).files.map(({ path, bytes }) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
)

const facts = 'rules/facts.yaml'
const old = 'rules/national/children-in-care/care-evidence-incomplete.yaml'
const successor = old.replace('.yaml', '.2027-01-01.yaml')

function change(files: Files, path: string, from: string, to: string): Files {
  const text = files[path]
  if (!text?.includes(from)) throw new Error(`${path} has changed: it no longer has "${from}".`)
  return { ...files, [path]: text.replaceAll(from, to) }
}

const checks = new WeakMap<Files, ReturnType<typeof checkFiles>>()
/** Checks a whole folder, once where several steps look at the same one. */
function check(files: Files) {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const all = Object.entries(files).map(
    ([path, text]): SourceFile => ({ path, bytes: bytes(text) }),
  )
  const checked = checks.get(files) ?? checkFiles(all)
  checks.set(files, checked)
  return checked
}

/** What the checker says, as it is printed below the place. */
function said(files: Files): string[] {
  const checked = check(files)
  return checked.ok
    ? []
    : checked.problems.map(({ message, mend }) =>
        [message, mend].flatMap((line) => (line ? [`  ${line}`] : [])).join('\n'),
      )
}

function policyOf(files: Files): Policy {
  const checked = check(files)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems, null, 2))
  return checked.value
}

// Step 3, as the page writes it.
const fact = shown('yaml', 'home.reviewing_officer_view:')
const withFact = change(
  shipped,
  facts,
  '\nhome.care_plan_seen:',
  `\n${fact}\n\nhome.care_plan_seen:`,
)

// Step 4, as the page writes it.
const oldDates = 'in_force: { from: not-stated, applied_from: 2013-04-08 }'
const copied = { ...withFact, [successor]: withFact[old] ?? '' }
const line = shown('yaml', '- { fact: home.reviewing_officer_view').trim()
const neighbour = '        - { fact: home.care_plan_seen, operator: equal, value: no }\n'
const written = change(
  change(copied, successor, oldDates, shown('yaml', 'from: 2027-01-01 }').trim()),
  successor,
  neighbour,
  `${neighbour}        ${line}\n`,
)
const closed = change(written, old, oldDates, shown('yaml', 'until: 2026-12-31').trim())

// Step 5, as the page writes it.
const known = 'home.care_plan_seen: yes, home.reviewing_officer_view: yes'
const finished = change(
  change(closed, successor, 'home.care_plan_seen: yes', known),
  successor,
  'examples:\n',
  `examples:\n${shown('yaml', "The reviewing officer's view has not come")}\n`,
)

describe('change a rule in five steps', () => {
  it('step 3: the new fact brings the one message that is right at that point', () => {
    expect(said(withFact)).toEqual([shown('text', 'No rule uses')])
  })

  it.each([
    ['answers: yes-no', 'answers: yes or no', '"answers" must be'],
    ['  answers: yes-no', '\tanswers: yes-no', 'indented with a tab'],
    ['answered_by: social-care', 'answered_by: social-worker', '"answered_by" must be'],
  ])('step 3: writing "%s" as "%s" brings the message that the page shows', (right, wrong, has) => {
    const mistaken = change(
      shipped,
      facts,
      '\nhome.care_plan_seen:',
      ['', fact.replace(right, wrong), '', 'home.care_plan_seen:'].join('\n'),
    )
    expect(said(mistaken)).toEqual([shown('text', has)])
  })

  it('step 4: a copy in which nothing was changed is noticed', () => {
    expect(said(copied)).toContain(shown('text', "The file's name says"))
  })

  it('step 4: an old rule that was not closed is noticed, and so is a day between', () => {
    expect(said(written)).toEqual([shown('text', 'is still in force')])
    const early = change(closed, old, 'until: 2026-12-31', 'until: 2026-12-30')
    expect(said(early)).toEqual([shown('text', 'no rule of this id is in force')])
  })

  it('step 5: closed and succeeded, every file is fine', () => {
    expect(said(closed)).toEqual([])
  })

  it('step 5: the copied examples that lack the new fact fail, and mended they pass', async () => {
    const failing = (await examplesOf(policyOf(closed))).filter(({ passed }) => !passed)
    expect(
      failing.map(({ example, said: what }) => `  Example "${example.name}": ${what}`),
    ).toEqual([
      shown('text', 'Everything has come').split('\n')[1],
      shown('text', 'The police were called against the policy'),
      shown('text', "Only the child's account is missing"),
    ])
    const after = await examplesOf(policyOf(finished))
    expect(after.filter(({ passed }) => !passed)).toEqual([])
  })

  it('step 5: the case of the page is open before the change and asks after it', async () => {
    const [before, after] = [policyOf(shipped), policyOf(finished)]
    const asks = ({ needToKnow }: Recommendation) =>
      needToKnow.filter(({ fact: id }) => id === 'home.reviewing_officer_view')

    expect((await run(before, '2027-01-04')).status).toBe('open')
    const changed = await run(after, '2027-01-04')
    expect(changed.status).toBe('cannot-tell')
    expect(asks(changed)).toMatchObject([{ answeredBy: 'social-care' }])

    const dayBefore = await run(after, '2026-12-31')
    expect(dayBefore.status).toBe('open')
    expect(asks(dayBefore)).toEqual([])
  })

  it('a statute cannot be replaced, in the words of the page', () => {
    const path = 'rules/partnerships/derby/disposals/evidence.yaml'
    const local = [
      'id: disposals/evidence',
      'title: A local reading',
      'covers: []',
      'authority: local-protocol',
      'in_force: { from: 2027-01-01 }',
      'replaces: { id: disposals/evidence-for-a-caution, because: A test. }',
      'when: { all: [ { fact: offence.evidence, operator: equal, value: insufficient } ] }',
      'then: [ { consider: { note: A test. } } ]',
      'because: A test.',
      'source: [ { ref: waymark-default, at: a test } ]',
      'examples:',
      '  - { name: Yes, given: { offence.evidence: insufficient }, expect: met }',
      '  - { name: No, given: { offence.evidence: offence-made-out }, expect: not-met }',
      '  - { name: Not known, given: {}, expect: need-to-know }',
    ].join('\n')
    expect(said({ ...shipped, [path]: local })).toEqual([shown('text', 'statute rule')])
  })

  it('shows no message that these steps do not bring', () => {
    expect(messages).toHaveLength(11)
  })
})

const examplesOf = (policy: Policy) =>
  runExamples(
    { ...policy, rules: policy.rules.filter(({ file }) => file === old || file === successor) },
    evaluateByReference,
  )

async function run(policy: Policy, asAt: string): Promise<Recommendation> {
  const result = await recommend(ruleSetOf(policy, 'derby'), myCase(), asAt, evaluateByReference)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** docs/worked-case.yaml after the page's own `sed`. */
function myCase(): Case {
  const [, from = '', to = ''] = /sed 's\/([^/]+)\/([^/]+)\/'/.exec(page) ?? []
  const text = readPage('docs/worked-case.yaml')
  expect(text).toContain(from)
  const read = readCase({ path: 'my-case.yaml', bytes: Buffer.from(text.replace(from, to)) })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return caseSchema.parse(read.value)
}
