import { describeAnswers, lookUp } from '../domain/fact.ts'
import type { NeedToKnow } from '../domain/recommendation.ts'
import { workedOutFrom } from '../domain/worked-out.ts'
import type { Trace } from '../rules/evaluate.ts'
import type { Policy } from '../rules/policy.ts'
import type { EffectKind, Rule } from '../rules/schema.ts'
import { concerned, type LiveEffect, ofKind } from './findings.ts'
import { requirementState } from './lists.ts'
import { ruledOut } from './options.ts'
import { yieldingRules } from './starting-points.ts'

/**
 * The facts that can still change the answer: each stands as an undecided leaf in a finding with an
 * effect that is not settled already. Asking for more than is needed is allowed, for less is a
 * defect. Order: the facts that most findings wait for, statute first; then by id.
 */
export function needToKnow(
  policy: Policy,
  effects: readonly LiveEffect[],
  notKnown: Readonly<Record<string, string>>,
): NeedToKnow[] {
  const waiting = new Map<string, LiveEffect[]>()
  for (const effect of unsettled(effects))
    for (const fact of undecidedFacts(effect))
      waiting.set(fact, [...(waiting.get(fact) ?? []), effect])
  return [...waiting.entries()]
    .map(([fact, waits]) => entry(policy, fact, waits, notKnown))
    .sort((a, b) => {
      const statutes = ({ rules }: NeedToKnow) =>
        rules.filter(({ authority }) => authority === 'statute').length
      return (
        statutes(b) - statutes(a) || b.rules.length - a.rules.length || (a.fact < b.fact ? -1 : 1)
      )
    })
}

/** Effects whose answer is open and would make a difference. */
function unsettled(effects: readonly LiveEffect[]): LiveEffect[] {
  const byOffence = new Map<number, LiveEffect[]>()
  for (const effect of effects)
    byOffence.set(effect.matter.offence, [...(byOffence.get(effect.matter.offence) ?? []), effect])
  return [...byOffence.values()].flatMap((mine) => {
    const closed = ruledOut(mine, mine[0]?.matter.offence ?? 0)
    const yielding = yieldingRules(ofKind(mine, 'start-at'))
    const said = new Set(mine.filter(({ verdict }) => verdict === 'met').map(saying))
    return mine.filter((effect) => isUnsettled(effect, closed, yielding, said))
  })
}

const saying = ({ kind, params }: LiveEffect) => JSON.stringify([kind, params])

function isUnsettled(
  effect: LiveEffect,
  closed: ReadonlySet<string>,
  yielding: ReadonlySet<string>,
  said: ReadonlySet<string>,
): boolean {
  if (effect.verdict === 'met') {
    if (effect.kind === 'require') return requirementState(effect) === 'cannot-tell'
    if (effect.kind === 'clock')
      return effect.matter.facts[(effect as LiveEffect<'clock'>).params.from] === undefined
    return false
  }
  // Another met rule already says just this, so nothing depends on whether this one does too.
  if (said.has(saying(effect)) && effect.kind !== 'require') return false
  switch (effect.kind) {
    case 'rule-out':
    case 'hold':
      return (effect as LiveEffect<'hold'>).params.disposals.some((one) => !closed.has(one))
    case 'start-at':
      return !yielding.has(effect.result.rule.id)
    case 'require': {
      const only = (effect as LiveEffect<'require'>).params.for
      return requirementState(effect) !== 'done' && (!only || only.some((one) => !closed.has(one)))
    }
    default:
      return true
  }
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
    answeredBy: definition.answered_by,
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
