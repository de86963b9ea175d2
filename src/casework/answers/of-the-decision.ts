import { standingAfter, toEntries } from '../answers.ts'
import type { Act, Stepped } from '../draft.ts'

/**
 * What was answered for one decision: what it and its giving showed, what was asked before the offer
 * and the giving for it, and how its delivery went. It says nothing of the next decision. What is
 * true of the child or of the case whatever is decided stays: the admission, legal advice, what the
 * prosecutors said, that the clinic considered the case, that the time to prosecute is over, a risk.
 */
const ofTheDecision: ReadonlySet<string> = new Set([
  // the decision
  'decision.proposed_disposal',
  'decision.departure_reason_recorded',
  'decision.conditions_weeks',
  'decision.conditions_end_in_time',
  'decision.financial_penalty_pounds',
  'decision.attendance_hours',
  'decision.reparation_hours',
  'process.decided_on',
  'process.reasons_recorded',
  'process.lesser_options_reasons_recorded',
  'process.longer_conditions_reasons_recorded',
  'process.thin_evidence_reasons_recorded',
  'process.conditions_tied',
  'process.social_care_present',
  'process.education_present',
  'process.countersigned',
  // the plan and the offer
  'process.plan_offered',
  'process.plan_items',
  'process.plan_deliverable_here',
  'process.contingency_planned',
  'process.exit_planned',
  'process.plan_agreed',
  'process.agreed_on',
  'process.adult_at_acceptance',
  'process.understanding_after_support_confirmed',
  'process.notification_warning_given',
  'child.agrees_to_take_part',
  'child.consents_to_conditions',
  'victim.protective_condition',
  // the giving
  'process.written_explanation_given',
  'process.childs_understanding_recorded',
  'process.effect_explained',
  'process.signed_document',
  'process.admission_confirmed_at_giving',
  'process.adult_at_giving',
  'process.given_by',
  'process.disposal_given_on',
  'process.youth_justice_referred',
  // what came after it
  'process.conditions_completed',
  'process.reengagement_tried',
  'process.non_compliance_confirmed',
  'process.police_told_of_non_compliance',
  'process.police_told_of_completion',
  'process.reconsidered_by_police',
  'process.care_monitoring_recorded',
  'victim.told_of_decision',
  'victim.told_of_decision_on',
])

const notAdmitted = 'The child did not admit it when it was to be dealt with.'
const because = 'It was answered for a decision that does not stand any more.'

/**
 * Where a decision was superseded, or a case that went back comes again: what was answered for it is
 * not known any more, and has to be answered anew. What was said before is kept. The answers of this
 * very act stay: they are about what happens now. An offence that the child does not admit when it
 * comes to it is not taken as admitted, whatever was said before.
 */
export function forgetTheDecision(act: Act, { effects, events }: Stepped): void {
  const superseded = effects.some(
    (one) => one.kind === 'record' && one.what === 'decision-superseded',
  )
  if (!superseded && !events.some(({ event }) => event.type === 'case.referredAgain')) return
  const { draft, actor: by, at, deps, ruleSet } = act
  const now = new Set(draft.answers.map(({ id }) => id))
  const denied = events.flatMap(({ event }) =>
    event.type === 'offence.notAdmitted' ? event.offences : [],
  )
  const given = act.answers
    .filter(({ id, answer }) => answer !== null && !now.has(id))
    .flatMap(({ about, fact }) => {
      if (ofTheDecision.has(fact)) return [{ about, fact, answer: null, because }]
      const admitted = fact === 'offence.admission' && about.what === 'offence'
      return admitted && denied.includes(about.number)
        ? [{ about, fact, answer: null, because: notAdmitted }]
        : []
    })
  if (given.length === 0) return
  const { facts } = ruleSet.policy
  const fresh = toEntries(given, act.answers, { by, at, newId: deps.newId, facts })
  draft.answers.push(...fresh)
  act.answers = standingAfter(act.answers, fresh)
  effects.push({ kind: 'run-rules-again' })
}
