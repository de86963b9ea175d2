import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { ownPolicy } from '../../scripts/catalogue.ts'
import { policyItems } from '../../scripts/coverage.ts'
import { realCasesText } from '../../scripts/real-cases/report.ts'
import {
  happened,
  lesserOptions,
  notRun,
  publishedRecords,
  type RealRun,
  raised,
  realCases,
  reviewersReasons,
  runRealCases,
  standingOf,
} from '../../scripts/real-cases/run.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'

const policy = ownPolicy()
const records = publishedRecords()
const reasons = reviewersReasons()
let runs: RealRun[] = []
beforeAll(async () => {
  runs = await runRealCases(policy, evaluateByReference)
})
const dated = () => runs.filter(({ real }) => real.counterfactual === 'no')
const decidingQuestions = (run: RealRun) =>
  run.recommendation.needToKnow.filter(({ canChange }) =>
    canChange.some((one) => ['status', 'options', 'starting points'].includes(one)),
  ).length
/** The reviewer's reasons that the recommendation raises, where a reviewer found a charge wrong. */
const reasonsNamed = (run: RealRun) => {
  const items = raised(policy, run)
  return reasons
    .find(({ record }) => record === run.real.record)
    ?.reasons.filter(({ means }) => means.some((item) => items.has(item)))
}
const unknownLeaves = (run: RealRun) => run.recommendation.needToKnow.length

describe('the published cases', () => {
  it('are all either run, one child a run, or listed with the reason why not', () => {
    const run = new Set(realCases().map(({ record }) => record))
    const listed = new Set(notRun().map(({ id }) => id))
    for (const { id } of records) expect([id, run.has(id) !== listed.has(id)]).toEqual([id, true])
    expect(run.size).toBe(30)
    expect(listed.size).toBe(26)
    for (const { reason } of notRun()) expect(reason.length).toBeGreaterThan(20)
  })

  it('give only facts that they can point to in the record', () => {
    for (const real of realCases() as (ReturnType<typeof realCases>[number] & {
      stated: Record<string, string>
    })[]) {
      const many = real.offences.length > 1
      const keys = [
        ...Object.keys(real.facts),
        ...real.offences.flatMap((offence, i) =>
          Object.keys(offence).map((id) => (many ? `offence ${i + 1}: ${id}` : id)),
        ),
      ]
      expect(Object.keys(real.stated).sort(), real.file).toEqual([...new Set(keys)].sort())
    }
  })

  it('never carry a gravity score, because none was published', () => {
    for (const { facts, offences } of realCases())
      for (const given of [facts, ...offences])
        expect(Object.keys(given)).not.toContain('offence.gravity_score')
  })

  it('say that more must be known, since no source states everything', () => {
    for (const run of runs) expect(unknownLeaves(run), run.real.file).toBeGreaterThan(0)
  })

  it('never have what really and lawfully happened ruled out without a cited rule', () => {
    for (const run of dated())
      for (const offence of run.recommendation.offences)
        for (const disposal of happened(run, offence.offence)) {
          const { standing, rules } = standingOf(offence, disposal)
          if (standing !== 'ruled-out') continue
          expect(rules.length, run.real.file).toBeGreaterThan(0)
          for (const { rule } of rules) expect(rule.source[0]?.at).toBeTruthy()
        }
  })

  it('leave a lesser option open, or say what had to be known, where a reviewer found a charge wrong', () => {
    const wrong = runs.filter(({ real }) => reasons.some(({ record }) => record === real.record))
    expect(wrong.length).toBeGreaterThan(5)
    for (const run of wrong)
      for (const offence of run.recommendation.offences) {
        const { open, waiting } = lesserOptions(offence)
        const preferred = run.real.reviewer.lesser.filter((one) =>
          offence.options.some(({ disposal }) => disposal === one),
        )
        for (const one of preferred)
          expect(standingOf(offence, one).standing, `${run.real.file} ${one}`).not.toBe('ruled-out')
        expect(open.length + waiting.length, run.real.file).toBeGreaterThan(0)
        if (open.length === 0) expect(decidingQuestions(run)).toBeGreaterThan(0)
      }
  })

  it("name at least one of the reviewer's reasons where a reviewer found a charge wrong", () => {
    const silent = runs.filter((run) => reasonsNamed(run)?.length === 0)
    expect(silent.filter(({ real }) => real.counterfactual === 'no')).toEqual([])
    // Undated, so nothing is expected of it: the page says that its one reason is not raised.
    expect(silent.map(({ real }) => real.file)).toEqual(['LF08.yaml'])
  })
})

describe("the reviewers' reasons", () => {
  it('quote the record word for word', () => {
    for (const { record, reasons: all } of reasons)
      for (const { quoted, place } of all) {
        const published = records.find(({ id }) => id === record) as unknown as Record<
          string,
          string
        >
        expect(published[place], `${record} ${place}`).toContain(quoted)
      }
  })

  it('mean policy items that exist', () => {
    const known = new Set(policyItems().map(({ id }) => id))
    for (const { reasons: all } of reasons)
      for (const { means } of all) for (const item of means) expect(known).toContain(item)
  })
})

describe('docs/real-cases.md', () => {
  it('is what npm run real-cases writes today', () => {
    expect(readFileSync('docs/real-cases.md', 'utf8')).toBe(realCasesText(policy, runs))
  })
})
