import type { Effect } from '../../src/domain/effect.ts'
import type { ReferralEvent } from '../../src/domain/events.ts'
import type { ReferralContext } from '../referral/context.ts'
import { afterTheClinic } from './referral-decision.ts'
import {
  delivery,
  type EffectTable,
  hardClocks,
  recheck,
  record,
  runRulesAgain,
  start,
  task,
  tell,
  tellToday,
} from './saying.ts'

type State = { value: string; context: ReferralContext }

/** A case that goes back to the police leaves tasks there, and no delivery running. */
const backToThePolice = (before: State, after: State): readonly Effect[] => [
  ...(after.value === 'returned' && before.value !== 'returned'
    ? [task('report-what-came-of-it', 'police'), tell('referral-returned', 'youth-justice')]
    : []),
  ...(before.value === 'delivering' && after.value !== 'delivering' ? [delivery('stop')] : []),
]

/** What each event of a referral asks of casework. Every event has its line. */
export const referralEffects: EffectTable<ReferralEvent, ReferralContext> = {
  'referral.received': [
    task('decide-whether-to-accept', 'youth-justice'),
    start('prosecution-limit', 'eighteenth-birthday', 'assessment'),
  ],
  'referral.accepted': [
    task('gather-facts', 'youth-justice'),
    task('assess', 'youth-justice'),
    task('ask-for-victims-views', 'victim-liaison'),
    tell('referral-accepted', 'police'),
  ],
  'referral.rejected': ({ before, after }) => backToThePolice(before, after),
  'case.listed': [
    task('send-papers-to-clinic-members', 'youth-justice'),
    tell('case-listed', 'police', 'youth-justice', 'victim-liaison'),
  ],
  'case.postponed': [hardClocks],
  'case.held': [
    task('review-hold', 'youth-justice'),
    start('hold-review'),
    hardClocks,
    tell('case-held', 'police', 'youth-justice'),
  ],
  'hold.reviewed': [start('hold-review'), hardClocks],
  'hold.lifted': [runRulesAgain, hardClocks],
  'case.routed': [task('prepare-papers-for-specialists', 'youth-justice'), hardClocks],
  'specialists.reported': [runRulesAgain, hardClocks],
  'specialists.kept': [
    task('report-what-came-of-it', 'police'),
    tell('referral-returned', 'police', 'youth-justice', 'victim-liaison'),
  ],
  'cps.consulted': [task('prepare-papers-for-prosecutors', 'police'), hardClocks],
  'cps.authorised': [runRulesAgain, hardClocks],
  'cps.refused': [runRulesAgain, hardClocks],
  'cps.returnedForResolution': [runRulesAgain, hardClocks],
  'cps.charged': ({ before, after }) => backToThePolice(before, after),
  'exclusion.confirmed': ({ event, before, after }) => [
    ...backToThePolice(before, after),
    ...(event.scope === 'offence' ? [runRulesAgain] : []),
    ...(after.value === 'withCps' ? [task('prepare-papers-for-prosecutors', 'police')] : []),
    ...(after.value === 'withSpecialists'
      ? [task('prepare-papers-for-specialists', 'youth-justice')]
      : []),
    ...(event.route === 'safeguarding' ? [task('make-child-safe', 'social-care')] : []),
    ...(event.route === 'other-agency' ? [task('find-other-help', 'youth-justice')] : []),
  ],
  'safeguarding.raised': [
    task('make-child-safe', 'social-care'),
    tellToday('safeguarding-concern', 'social-care', 'youth-justice'),
  ],
  'child.turnedEighteen': ({ event: _, before, after }) => [
    tell('child-is-eighteen', 'police', 'youth-justice', 'chair'),
    ...(['delivering', 'reconsidering'].includes(before.value)
      ? [task('hand-over-to-adult-services', 'youth-justice')]
      : []),
    ...(before.context.given ? [] : [runRulesAgain]),
    ...(after.context.decision?.disposals.includes('deferred-prosecution')
      ? [task('confirm-deferred-prosecution-after-eighteen', 'cps')]
      : []),
  ],
  'limitation.confirmedExpired': ({ event, before, after }) => [
    ...backToThePolice(before, after),
    ...(event.scope === 'offence' ? [runRulesAgain] : []),
    tell('time-to-prosecute-is-over', 'police', 'youth-justice', 'chair'),
  ],
  'evidence.fellAway': ({ event, before, after }) => [
    ...backToThePolice(before, after),
    ...(event.scope === 'offence' ? [runRulesAgain] : []),
  ],
  'case.transferred': [
    record('access-for-the-other-partnership'),
    task('hand-over-to-the-other-partnership', 'youth-justice'),
    tell('case-transferred', 'police', 'youth-justice'),
    runRulesAgain,
  ],
  'representations.received': [task('answer-representations', 'police')],
  'representations.answered': ({ after }) => (after.value === 'closed' ? [] : [runRulesAgain]),
  'circumstances.changed': [task('review-assessment-and-plan', 'youth-justice'), runRulesAgain],
  'facts.recorded': [runRulesAgain],
  'record.corrected': [runRulesAgain],
  'newOffence.linked': [
    tell('new-offence-linked', 'police', 'youth-justice'),
    task('review-assessment-and-plan', 'youth-justice'),
    recheck('prosecution-limit'),
  ],
  ...afterTheClinic,
}
