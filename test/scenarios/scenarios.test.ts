import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Asked } from '../../src/casework/asked.ts'
import type { Outcome } from '../../src/casework/casework.ts'
import { caseSchema } from '../../src/domain/case.ts'
import { caseworkOn, granted, type Work } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'
import { type Scenario, type Step, scenarios } from './read-scenario.ts'

const policy = realPolicy()
const ready = caseSchema.parse(
  parse(
    readFileSync(fileURLToPath(new URL('../../docs/worked-case.yaml', import.meta.url)), 'utf8'),
  ),
)

/** The referral of a scenario; its own answers over those of the prepared case, offence by offence. */
function referral({ partnership, based_on, facts, offences, victims }: Scenario) {
  if (!based_on) return { partnership, facts, offences, victims }
  const first = ready.offences?.[0] ?? {}
  const own = offences.length > 0 ? offences : [{}]
  return {
    partnership,
    facts: { ...ready.facts, ...facts },
    offences: own.map((one) => ({ ...first, ...one })),
    victims: victims ?? ready.victims,
  }
}

/** What a step came to, in a few words. */
const said = (outcome: Outcome<unknown>) => {
  if (outcome.ok) return { done: true }
  if (outcome.why === 'refused')
    return { refused: outcome.refusal.blockedBy.map(({ id }) => id), why: outcome.refusal.why }
  if (outcome.why === 'unusable') return { wrong: outcome.problems.map(({ message }) => message) }
  return { no: outcome }
}

describe.each(scenarios())('$scenario.title', ({ scenario }) => {
  it('goes as it is told', async () => {
    const work = await caseworkOn(policy, scenario.begins, scenario.partnership)
    const { id } = granted(await work.open('officer', referral(scenario) as never))
    for (const step of scenario.steps) await take(work, id, step)
    await work.store.close()
  })
})

async function take(work: Work, id: string, step: Step) {
  if (step.on) work.setDay(step.on)
  if (step.clinic) await work.clinic(step.clinic.name, step.clinic.on, step.clinic.there)
  if (step.opens) granted(await work.meets(step.opens))
  const outcome = await perform(work, id, step)
  const before = `${step.says}\n`
  if (outcome && step.refused)
    expect(said(outcome), before).toMatchObject({ refused: step.refused })
  else if (outcome && step.wrong)
    expect(said(outcome), before).toEqual({
      wrong: expect.arrayContaining([expect.stringContaining(step.wrong)]),
    })
  else if (outcome) expect(said(outcome), before).toEqual({ done: true })
  const file = await work.file(id)
  if (step.then) expect(file.row.snapshot.value, before).toBe(step.then)
  if (step.delivery) expect(file.deliveries.at(-1)?.snapshot.value, before).toBe(step.delivery)
  for (const [disposal, standing] of Object.entries(step.standing ?? {}))
    expect(
      file.recommendation?.summary.offences[0]?.options.find((one) => one.disposal === disposal)
        ?.standing,
      `${before}${disposal}`,
    ).toBe(standing)
}

async function perform(work: Work, id: string, step: Step): Promise<Outcome<unknown> | undefined> {
  if (step.time_passes) return work.sweep()
  const who = step.who ?? ''
  if (step.answers) {
    const answers = Object.entries(step.answers).map(([fact, answer]) => ({
      fact,
      answer,
      ...(step.about ? { about: step.about } : {}),
    }))
    return work.answer(
      who,
      id,
      answers,
      step.correcting ? { correction: { reason: step.correcting } } : {},
    )
  }
  if (!step.records) return undefined
  const filled = await fill(work, id, step.with ?? {})
  return work.act(who, id, { ...filled, type: step.records } as Asked)
}

/** Ids are made on the way: a scenario names them by what they are. */
async function fill(work: Work, id: string, given: Record<string, unknown>) {
  const file = await work.file(id)
  const context = file.row.snapshot.context as { holds: string[]; unanswered: string[] }
  const known: Record<string, string | undefined> = {
    'the hold': context.holds.at(-1),
    'the letter': context.unanswered.at(-1),
    'the condition': file.conditions[0]?.id,
  }
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string' && value in known) return known[value]
    if (Array.isArray(value)) return value.map(replace)
    return value
  }
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, replace(value)]))
}

describe('every scenario', () => {
  it.each(['derby', 'derbyshire', 'nottingham', 'west-mercia'])(
    'of %s that bears its name holds an adjournment, a difference, a breach and how it was mended',
    (partnership) => {
      const told = scenarios().find(({ file }) => file === `${partnership}.yaml`)?.scenario
      const records = told?.steps.map((step) => step.records)
      for (const type of ['clinic.adjourned', 'clinic.disagreed', 'disposal.varied'])
        expect(records, type).toContain(type)
      expect(told?.steps.map((step) => step.delivery)).toContain('nonCompliance')
    },
  )

  it('is of one of the four partnerships, and each of them has one that is closed at its end', () => {
    const closed = scenarios()
      .filter(({ scenario }) => scenario.steps.some(({ then: state }) => state === 'closed'))
      .map(({ scenario }) => scenario.partnership)
    expect([...new Set(closed)].sort()).toEqual([
      'derby',
      'derbyshire',
      'nottingham',
      'west-mercia',
    ])
  })
})
