import { z } from 'zod'
import { idSchema } from './roles.ts'

/**
 * Why something was done, by what was done. Closed lists, in the field's own terms; `other` needs
 * words. The words lie in the record, encrypted with the child's key, and the event names them.
 */
export const reasons = {
  rejected: [
    'not-a-child',
    'evidence-not-ready',
    'already-dealt-with',
    'another-area-decides',
    'referral-incomplete',
    'offence-outside-the-protocol',
    'other',
  ],
  safeguarding: [
    'immediate-risk',
    'exploitation',
    'self-harm',
    'missing',
    'neglect-or-abuse',
    'other',
  ],
  postponed: [
    'information-outstanding',
    'checklist-missing',
    'victim-views-awaited',
    'clinic-not-quorate',
    'agenda-full',
    'child-or-family-unwell',
    'adjustment-or-interpreter-needed',
    'other',
  ],
  adjourned: [
    'information-outstanding',
    'checklist-missing',
    'victim-views-awaited',
    'assessment-outstanding',
    'cps-authority-awaited',
    'member-needed-is-absent',
    'conflict-of-interest',
    'other',
  ],
  sentBack: [
    'charge-to-be-considered',
    'evidence-insufficient',
    'more-investigation-needed',
    'not-for-this-clinic',
    'other',
  ],
  excluded: ['rule-applies', 'linked-charged-matter', 'adult-when-decided', 'other'],
  held: [
    'exploitation-looked-into',
    'care-evidence-awaited',
    'capacity-in-doubt',
    'health-or-risk-of-self-harm',
    'other',
  ],
  holdLifted: ['settled', 'evidence-received', 'negative-decision-weighed', 'other'],
  decisionReturned: [
    'reasons-incomplete',
    'plan-not-agreed',
    'new-information',
    'representations-upheld',
    'requirement-outstanding',
    'other',
  ],
  declined: [
    'does-not-agree',
    'does-not-accept-responsibility',
    'legal-advice',
    'did-not-attend',
    'other',
  ],
  fellAway: [
    'complainant-no-longer-supports',
    'witness-not-available',
    'defence-made-out',
    'evidence-not-admissible',
    'new-evidence',
    'other',
  ],
  setAside: [
    'no-appropriate-adult',
    'adult-not-independent',
    'no-admission',
    'evidence-insufficient',
    'document-not-signed',
    'no-cps-authority',
    'given-after-eighteenth-birthday',
    'wrong-disposal-recorded',
    'other',
  ],
  departure: [
    'childs-circumstances',
    'victims-view',
    'proportionality',
    'protective-help-in-place',
    'cannot-be-obtained-in-time',
    'sources-differ',
    'other',
  ],
  noAction: [
    'reasonable-excuse',
    'mostly-completed',
    'not-in-the-public-interest',
    'evidence-insufficient',
    'other',
  ],
  varied: ['reasonable-excuse', 'circumstances-changed', 'condition-not-workable', 'other'],
  circumstances: ['placement', 'health', 'school', 'family', 'safety', 'other'],
  corrected: ['mistake', 'childs-request', 'parents-request', 'set-aside', 'other'],
  withdrawn: ['does-not-want-to', 'moved-away', 'legal-advice', 'health', 'other'],
  stopped: ['set-aside', 'evidence-fell-away', 'limitation-expired', 'transferred', 'other'],
  ruleSetWithdrawn: ['mistake-found', 'not-signed', 'impact-not-accepted', 'overtaken', 'other'],
} as const

/** A coded reason. `noteId` names the words in the record; with `other` they cannot be left out. */
export const reasonOf = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z
    .strictObject({ code: z.enum(codes), noteId: idSchema.optional() })
    .refine(({ code, noteId }) => code !== 'other' || noteId !== undefined, {
      error: 'gives "other" as the reason without saying where its words stand',
      path: ['noteId'],
    })
