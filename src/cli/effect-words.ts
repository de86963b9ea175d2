import { type Facts, isPeriod, lookUp } from '../domain/fact.ts'
import type { Disposal } from '../domain/lists.ts'
import type { Period } from '../domain/plain-date.ts'
import { answerInWords, capital, periodInWords } from '../rules/explain.ts'
import type { Policy } from '../rules/policy.ts'
import type { Effect, Test } from '../rules/schema.ts'

type Words = { local: Facts; tested(test: Test): string[] }

/** What one effect does, in words: a sentence, and where there is one, the test under it. */
export function effectWords(policy: Policy, effect: Effect, { local, tested }: Words): string[] {
  const list = (disposals: readonly Disposal[]) =>
    disposals.map((one) => titleOf(policy, one)).join(', ')
  const period = (parameter: string) => periodWords(local, parameter)
  if ('exclude' in effect) {
    const { scope, route } = effect.exclude
    const what = scope === 'referral' ? 'the whole referral' : 'the offence'
    return [`Says that ${what} is not for this clinic; it would go to: ${agency(route)}.`]
  }
  if ('hold' in effect) {
    const { disposals, until, by, review_within } = effect.hold
    const review = review_within ? `; looked at again within ${period(review_within)}` : ''
    return [`Pauses ${list(disposals)} until ${until.trim()} (settled by: ${agency(by)}${review}).`]
  }
  if ('route' in effect) return [`Sends the case first to: ${agency(effect.route.to)}.`]
  if ('rule-out' in effect) return [`Rules out: ${list(effect['rule-out'].disposals)}.`]
  if ('start-at' in effect) {
    const { disposal, over = [], reconsider = [] } = effect['start-at']
    return [
      `Gives a starting point, which may be departed from with a reason: ${titleOf(policy, disposal)}.`,
      ...(over.length > 0 ? [`  It goes before: ${over.join(', ')}.`] : []),
      ...(reconsider.length > 0 ? [`  Grounds for another answer: ${reconsider.join('; ')}.`] : []),
    ]
  }
  if ('require' in effect) return requirementWords(effect.require, list, tested)
  if ('consider' in effect) return [`Asks the clinic to consider: ${plain(effect.consider.note)}`]
  if ('refer' in effect) return [`Offers help beside the case: ${plain(effect.refer.to)}.`]
  const { what, within, from, hard } = effect.clock
  const firm = hard === 'yes' ? ' It cannot be moved.' : ''
  const start = lookUp(policy.facts, from)?.name ?? from
  return [`Starts the clock "${answerInWords(what)}": ${period(within)} from ${start}.${firm}`]
}

function requirementWords(
  {
    task,
    of,
    before,
    for: only,
    hard,
    done_when,
    point,
  }: Extract<Effect, { require: unknown }>['require'],
  list: (disposals: readonly Disposal[]) => string,
  tested: Words['tested'],
): string[] {
  const number = point === undefined ? '' : ` (point ${point})`
  return [
    `Asks of ${agency(of)}, before the ${answerInWords(before)}${number}: ${plain(task)}.`,
    ...(only ? [`  Only for: ${list(only)}.`] : []),
    ...(hard === 'yes' ? ['  It cannot be set aside.'] : []),
    ...(done_when ? ['  It is done when:', ...tested(done_when).map((line) => `    ${line}`)] : []),
  ]
}

const titleOf = (policy: Policy, disposal: Disposal): string =>
  policy.disposals.find(({ id }) => id === disposal)?.title ?? capital(answerInWords(disposal))

function periodWords(local: Facts, parameter: string): string {
  const period = local[parameter]
  return isPeriod(period) ? periodInWords(period as Period) : `the time set in ${parameter}`
}

const agency = (id: string): string =>
  id === 'cps' ? 'the Crown Prosecution Service' : answerInWords(id)

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ')
