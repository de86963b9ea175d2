/** The fixed lists that rules, store, API and pages share. Order carries meaning where it says so. */

/** Every disposal, least to most criminalising. */
export const disposals = [
  'no-further-action',
  'other-agency-action',
  'investigation-not-in-public-interest',
  'diversionary-activity',
  'community-resolution',
  'deferred-prosecution',
  'youth-caution',
  'youth-conditional-caution',
  'charge',
] as const
export type Disposal = (typeof disposals)[number]

/** How a rule binds, strongest first. */
export const authorities = [
  'statute',
  'national-guidance',
  'local-protocol',
  'local-default',
] as const
export type Authority = (typeof authorities)[number]

/** How well a source was confirmed, best first. Anything below `read` shows as "check before use". */
export const confirmations = ['read', 'read-in-part', 'recalled', 'local-default'] as const
export type Confirmation = (typeof confirmations)[number]

/** Who answers questions and owes tasks. */
export const agencies = [
  'police',
  'youth-justice',
  'social-care',
  'health',
  'education',
  'victim-liaison',
  'home',
  'cps',
  'chair',
  'child',
  'parent',
  'partnership',
] as const
export type Agency = (typeof agencies)[number]

/** What a requirement must come before, in the order a case meets them. */
export const stages = [
  'listing',
  'decision',
  'offer',
  'giving',
  'delivery',
  'closing',
  'charge-file',
] as const
export type Stage = (typeof stages)[number]

/** Where an excluded case goes instead of this clinic. */
export const exclusionRoutes = [
  'safeguarding',
  'police',
  'cps',
  'adult-scheme',
  'other-agency',
  'specialist-panel',
] as const

/** The forums that look at a case before the clinic does. */
export const routes = [
  'harmful-sexual-behaviour-panel',
  'exploitation-panel',
  'high-risk-panel',
  'child-to-parent-pathway',
  'safeguarding',
  'cps',
  'police',
  'other-agency',
  'specialist-panel',
] as const

/** The three answers a test can have. A missing fact is never a no. */
export const verdicts = ['yes', 'no', 'need-to-know'] as const
export type Verdict = (typeof verdicts)[number]

/** What one rule says of one referral. */
export const findingVerdicts = ['met', 'not-met', 'need-to-know', 'does-not-apply'] as const
export type FindingVerdict = (typeof findingVerdicts)[number]

/** Whether a disposal is open. */
export const standings = ['open', 'ruled-out', 'cannot-tell'] as const
export type Standing = (typeof standings)[number]

/** Where a referral stands before a clinic has seen it. */
export const statuses = ['excluded', 'cannot-tell', 'on-hold', 'open'] as const
export type Status = (typeof statuses)[number]

/** Whether what a requirement asks for has been done. */
export const requirementStates = ['done', 'outstanding', 'cannot-tell'] as const
export type RequirementState = (typeof requirementStates)[number]
