import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Console } from '../../src/cli/output.ts'
import { run } from '../../src/cli/program.ts'

/** What a command said, and how it ended. */
export type Said = { code: number; out: string; error: string }

/** A console that nobody reads, on 2 November 2026, without colour. */
export const plainConsole: Console = {
  out: () => {},
  error: () => {},
  colour: false,
  today: '2026-11-02',
  readInput: async () => new Uint8Array(),
}

type Given = { input?: string | Uint8Array; colour?: boolean }

/** Runs a command of Waymark without a process. */
export async function waymark(
  argv: readonly string[],
  { input = '', colour = false }: Given = {},
): Promise<Said> {
  const out: string[] = []
  const error: string[] = []
  const code = await run(argv, {
    ...plainConsole,
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    colour,
    readInput: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
  })
  return { code, out: out.join('\n'), error: error.join('\n') }
}

/** What a command answers as JSON. */
export async function waymarkJson(argv: readonly string[], input?: string) {
  const { code, out, error } = await waymark(
    [...argv, '--json'],
    input === undefined ? {} : { input },
  )
  return { code, error, json: JSON.parse(out) as Record<string, unknown> }
}

export const smallRules = fileURLToPath(new URL('../small-rules', import.meta.url))

/** A folder of files that goes with the test: the small rules, with some files more or other. */
export function smallRulesWith(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-rules-'))
  cpSync(smallRules, folder, { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Rules on the small facts, one of each effect, dated, and of Derby. */
export const moreRules = {
  'national/care/old.yaml': `
id: care/old
title: The old form for children in care
covers: []
authority: national-guidance
in_force: { from: 2013-04-08, until: 2026-02-11 }
when:
  all:
    - { fact: child.care_status, operator: equal, value: looked-after }
then:
  - consider: { note: Fill in the old form. }
because: >
  The old guidance says so.
source:
  - { ref: waymark-default, at: a test }
examples:
  - { name: Looked after, given: { child.care_status: looked-after }, expect: met }
  - { name: At home, given: { child.care_status: none }, expect: not-met }
  - { name: Not known, given: {}, expect: need-to-know }
`,
  'partnerships/derby/care/everything.yaml': `
id: care/everything
title: Every effect there is
covers: []
authority: local-protocol
in_force: { from: not-stated, applied_from: 2024-02-05 }
applies_to:
  all:
    - { fact: child.care_status, operator: in, value: [looked-after, care-leaver] }
when:
  any:
    - { fact: child.age_at_offence, operator: greaterThanInclusive, value: 14 }
    - not: { fact: offence.date, operator: lessThan, value: '2026-01-01' }
then:
  - exclude: { route: cps, scope: referral }
  - hold: { until: the papers are there, by: police, disposals: [charge], review_within: parameter.review_within }
  - route: { to: high-risk-panel }
  - rule-out: { disposals: [charge] }
  - start-at: { disposal: community-resolution, over: [care/old], reconsider: [a first mistake] }
  - require:
      task: Ask the social worker
      of: social-care
      before: decision
      for: [charge]
      hard: yes
      point: 6
      done_when:
        all: [{ fact: child.age_at_offence, operator: equal, value: 12 }]
  - consider: { note: What the child says. }
  - refer: { to: the virtual school }
  - clock: { what: panel-meets, within: parameter.review_within, from: offence.date, hard: yes }
because: >
  It is a rule for a test.
source:
  - { ref: cypa-1933, at: s.50 }
  - { ref: waymark-default, at: a test }
doubts:
  - { question: From which day does it apply?, owner: policy lead }
examples:
  - name: Fourteen and looked after
    given: { child.care_status: looked-after, child.age_at_offence: 14 }
    expect: met
    done: outstanding
  - name: Twelve, long ago, and done
    given: { child.care_status: looked-after, child.age_at_offence: 12, offence.date: 2025-12-31 }
    expect: not-met
    done: done
  - { name: At home, given: { child.care_status: none, child.age_at_offence: 14 }, expect: does-not-apply }
  - { name: Nothing is known, given: {}, expect: need-to-know }
`,
}
