import { describeAnswers, lookUp } from '../domain/fact.ts'
import type { NeedToKnow } from '../domain/recommendation.ts'
import { workedOutFrom } from '../domain/worked-out.ts'
import type { Trace } from '../rules/evaluate.ts'
import type { Policy } from '../rules/policy.ts'
import type { EffectKind, Rule } from '../rules/schema.ts'
import { concerned, type LiveEffect, ofKind, readsVictim } from './findings.ts'
import { requirementState } from './lists.ts'
import { ruledOut } from './options.ts'
import { yieldingRules } from './starting-points.ts'

/**
 * The facts that can still change the answer: each stands as an undecided leaf in a finding with an
 * effect that is not settled already. Asking for more than is needed is allowed, for less is a
 * defect. Order: what can change the strongest thing first, then what most statute rules wait for,
 * then what most rules wait for; then by id.
 */
export function needToKnow(
  policy: Policy,
  effects: readonly LiveEffect[],
  notKnown: Readonly<Record<string, string>>,
): NeedToKnow[] {
  const waiting = new Map<string, LiveEffect[]>()
  for (const effect of unsettled(effects))
    for (const fact of undecidedFacts(effect)) {
      const waits = waiting.get(fact)
      if (waits) waits.push(effect)
      else waiting.set(fact, [effect])
    }
  return [...waiting.entries()]
    .map(([fact, waits]) => entry(policy, fact, waits, notKnown))
    .sort(strongestFirst)
}

function strongestFirst(a: NeedToKnow, b: NeedToKnow): number {
  const strongest = ({ canChange }: NeedToKnow) => order.findIndex((one) => canChange.includes(one))
  const statutes = ({ rules }: NeedToKnow) =>
    rules.filter(({ authority }) => authority === 'statute').length
  return (
    strongest(a) - strongest(b) ||
    statutes(b) - statutes(a) ||
    b.rules.length - a.rules.length ||
    (a.fact < b.fact ? -1 : 1)
  )
}

/** Effects whose answer is open and would make a difference. */
function unsettled(effects: readonly LiveEffect[]): LiveEffect[] {
  const offences = [...new Set(effects.map(({ matter }) => matter.offence))]
  return offences.flatMap((offence) => {
    const mine = effects.filter(({ matter }) => matter.offence === offence)
    const closed = ruledOut(mine, offence)
    const yielding = yieldingRules(ofKind(mine, 'start-at'), 'met')
    const said = new Set(mine.filter(({ verdict }) => verdict === 'met').map(saying))
    return mine.filter((effect) => isUnsettled(effect, closed, yielding, said))
  })
}

/** What an effect says, and of whom: what is said of one victim is not yet said of another. */
const saying = ({ kind, params, matter, result }: LiveEffect) =>
  JSON.stringify([kind, params, readsVictim(result) ? matter.victim : undefined])

/**
 * Whether the answer to an effect is open and matters. Taking a fact away may only ever open more:
 * the closed, the yielding and the said come from met rules alone, so they can but shrink.
 */
function isUnsettled(
  effect: LiveEffect,
  closed: ReadonlySet<string>,
  yielding: ReadonlySet<string>,
  said: ReadonlySet<string>,
): boolean {
  const met = effect.verdict === 'met'
  switch (effect.kind) {
    case 'require': {
      const only = (effect as LiveEffect<'require'>).params.for
      if (only?.every((one) => closed.has(one))) return false
      const state = requirementState(effect)
      return met ? state === 'cannot-tell' : state !== 'done'
    }
    case 'start-at': {
      // A rule that yields can still make others yield.
      const { over = [] } = (effect as LiveEffect<'start-at'>).params
      return !met && [effect.result.rule.id, ...over].some((id) => !yielding.has(id))
    }
    case 'clock':
      if (met) return effect.matter.facts[(effect as LiveEffect<'clock'>).params.from] === undefined
      break
    case 'rule-out': {
      const { disposals } = (effect as LiveEffect<'rule-out'>).params
      if (disposals.every((one) => closed.has(one))) return false
    }
  }
  // Where a met rule already says just this, nothing depends on whether this one does too.
  return !met && !said.has(saying(effect))
}

/**
 * The facts of an effect that are undecided: those of its rule's tests, and those that would show a
 * requirement done or a clock's first day. All are asked at once, so that taking a fact away can
 * only ever add to the list.
 */
function undecidedFacts({ result, index, kind, params, matter, verdict }: LiveEffect): Set<string> {
  const facts = new Set<string>()
  if (verdict === 'need-to-know') {
    collect(result.appliesTo, facts)
    collect(result.when, facts)
  }
  collect(result.doneWhen.get(index), facts)
  if (kind === 'clock') {
    const { from } = params as LiveEffect<'clock'>['params']
    if (matter.facts[from] === undefined) facts.add(from)
  }
  return facts
}

/** Walks only where the verdict is open: a leaf in a group that is decided changes nothing. */
function collect(trace: Trace | undefined, facts: Set<string>): void {
  if (trace?.verdict !== 'need-to-know') return
  if (trace.kind !== 'leaf') {
    for (const inner of trace.tests) collect(inner, facts)
    return
  }
  const { leaf, given } = trace
  if (given === undefined) facts.add(leaf.fact)
  else if (typeof leaf.value === 'object' && 'fact' in leaf.value) facts.add(leaf.value.fact)
}

function entry(
  policy: Policy,
  fact: string,
  waits: readonly LiveEffect[],
  notKnown: Readonly<Record<string, string>>,
): NeedToKnow {
  const definition = lookUp(policy.facts, fact)
  if (!definition) throw new Error(`${fact} is asked for but not defined`)
  const because = lookUp(notKnown, fact)
  const rules = new Map<string, Rule>(waits.map(({ result }) => [result.rule.id, result.rule]))
  const missing = missingInputs(fact, waits)
  return {
    fact,
    question: definition.ask,
    answers: describeAnswers(definition.answers),
    answeredBy: (missing.length === 0 && definition.else_answered_by) || definition.answered_by,
    judgement: definition.judgement === 'yes',
    workedOutFrom: missing,
    ...(because === undefined ? {} : { because }),
    offences: concerned(waits).offences,
    canChange: order.filter((change) => waits.some(({ kind }) => changes[kind].includes(change))),
    rules: [...rules.values()]
      .map(({ id, title, authority }) => ({ id, title, authority }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** The missing facts, down to those that people can answer, from which a worked-out fact follows. */
function missingInputs(fact: string, waits: readonly LiveEffect[]): string[] {
  const missing = new Set<string>()
  const walk = (id: string) => {
    for (const input of lookUp(workedOutFrom, id) ?? [])
      if (waits.some(({ matter }) => matter.facts[input] === undefined)) {
        if (lookUp(workedOutFrom, input)) walk(input)
        else missing.add(input)
      }
  }
  walk(fact)
  return [...missing].sort()
}

type Change = NeedToKnow['canChange'][number]

const order: Change[] = [
  'status',
  'options',
  'starting points',
  'requirements',
  'routes',
  'clocks',
  'prompts',
]

const changes: Record<EffectKind, Change[]> = {
  exclude: ['status'],
  hold: ['status'],
  'rule-out': ['options'],
  'start-at': ['starting points'],
  require: ['requirements'],
  route: ['routes'],
  clock: ['clocks'],
  consider: ['prompts'],
  refer: ['prompts'],
}
