import { agreedWithTheChild } from '../../domain/disposal-kinds.ts'
import type { Chosen } from '../../domain/events/parts.ts'
import type { FactDefinitions } from '../../domain/fact.ts'
import type { Disposal } from '../../domain/lists.ts'
import type { Concern, OffenceResult, Recommendation } from '../../domain/recommendation.ts'
import type { Block } from '../../domain/refusal.ts'
import { questions } from '../clinics/awaited.ts'
import { listed, plain, theAgency } from '../narrative/words.ts'
import { withStandings } from './standings.ts'

/** Conditions of the chart on what was chosen, and what keeps each from holding. */
const stopping: Readonly<Record<string, readonly Chosen['standing'][]>> = {
  everythingOpen: ['ruled-out', 'cannot-tell'],
  nothingRuledOut: ['ruled-out'],
}

type Advice = Pick<Recommendation, 'offences' | 'needToKnow'>
type Picked = readonly Pick<Chosen, 'offence' | 'disposal'>[]

/**
 * Why a condition on what was chosen does not hold by the rules of today: each disposal that stops
 * it, with the rules that do, and then each question whose answer could still open it, once, with
 * whoever could tell. Nothing for a condition that is about something else, or that holds.
 * @param facts how each fact is asked for, where one is worked out from others
 */
export function whyNotOpen(
  condition: string,
  chosen: Picked,
  advice: Advice,
  facts: FactDefinitions,
): Block[] {
  const stopped = withStandings(chosen, advice).filter(({ standing }) =>
    stopping[condition]?.includes(standing),
  )
  return [
    ...stopped.map((one) => notOpen(one, advice)),
    ...once(stopped.flatMap((one) => stillAsked(one, advice, facts))),
  ]
}

function notOpen(one: Chosen, advice: Advice): Block {
  const { offence, disposal, standing } = one
  const because = against(one, advice).map(({ rule }) => `${plain(rule.title)} (${rule.id})`)
  const title = `“${resultOf(one, advice)?.options.find(isOf(disposal))?.title ?? disposal}”`
  const rules = listed([...new Set(because)])
  const ruledOut = rules
    ? `${title} is ruled out for offence ${offence} by the rules of today: ${rules}.`
    : `The rules of today do not offer ${title} for offence ${offence}.`
  const cannotTell = `It cannot be told yet whether ${title} is open for offence ${offence}. It waits for: ${rules}.`
  return {
    what: 'disposal',
    id: disposal,
    says: standing === 'ruled-out' ? ruledOut : cannotTell,
    offences: [offence],
  }
}

const isOf = (disposal: Disposal) => (one: { disposal: Disposal }) => one.disposal === disposal

const resultOf = ({ offence }: Chosen, { offences }: Advice): OffenceResult | undefined =>
  offences.find((one) => one.offence === offence)

/** What rules a disposal out; or, where nothing does yet, what could. */
function against(one: Chosen, advice: Advice): Concern[] {
  const result = resultOf(one, advice)
  const verdict = one.standing === 'ruled-out' ? 'met' : 'need-to-know'
  return [
    ...(result?.options.find(isOf(one.disposal))?.because ?? []),
    ...(agreedWithTheChild.includes(one.disposal) ? (result?.exclusions ?? []) : []),
  ].filter((concern) => concern.verdict === verdict)
}

/** The questions that rules wait for before a disposal is open. What is ruled out waits for none. */
function stillAsked(one: Chosen, advice: Advice, facts: FactDefinitions): Block[] {
  if (one.standing === 'ruled-out') return []
  const rules = against(one, advice).map(({ rule }) => rule.id)
  return advice.needToKnow
    .filter(({ offences }) => offences.includes(one.offence))
    .filter(({ canChange }) => canChange.includes('options') || canChange.includes('status'))
    .filter((asked) => asked.rules.some(({ id }) => rules.includes(id)))
    .flatMap((asked) => questions(asked, facts))
    .map(({ id, of, says }) => ({
      what: 'question',
      id,
      says: `${says} Who could tell: ${theAgency(of)}.`,
      of,
      offences: [one.offence],
    }))
}

/** The same question of several offences stands once, with all of them. */
const once = (blocks: readonly Block[]): Block[] =>
  blocks
    .filter((one, i) => blocks.findIndex(({ id }) => id === one.id) === i)
    .map((one) => {
      const same = blocks.filter(({ id }) => id === one.id)
      return { ...one, offences: [...new Set(same.flatMap(({ offences = [] }) => offences))] }
    })
