import { z } from 'zod'
import { disposals } from '../lists.ts'
import { reasonOf, reasons } from '../reasons.ts'
import { idSchema } from '../roles.ts'
import { event } from './parts.ts'

const reengagements = [
  'visit',
  'telephone-call',
  'message',
  'letter',
  'through-family',
  'through-school',
  'another-place-or-time',
] as const

const risks = [
  'contact-with-protected-person',
  'threat',
  'breach-of-exclusion',
  'breach-of-curfew',
] as const

/** What happens while a disposal is carried out. */
export const delivering = [
  event('delivery.agreed', 'The child agreed to what will be done.', {
    decisionId: idSchema,
  }),
  event('delivery.started', 'The work began.', {
    /** What is being delivered: only some of it can be enforced. */
    disposals: z.array(z.enum(disposals)).min(1),
  }),
  event('contact.made', 'A contact took place.', {}),
  event('contact.missed', 'A contact was missed.', {}),
  event('condition.met', 'A condition was met.', { conditionId: idSchema }),
  event('conditions.varied', 'Conditions were changed, with the child’s agreement.', {
    conditionIds: z.array(idSchema).min(1).max(50),
    reason: reasonOf(reasons.varied),
  }),
  event('conditions.allMet', 'Everything that was agreed is done.', {
    /** Conditions that are not met yet. */
    open: z.array(idSchema).max(100),
  }),
  event('child.withdrew', 'The child no longer takes part.', {
    reason: reasonOf(reasons.withdrawn),
  }),
  event('reengagement.tried', 'Somebody tried to bring the child back to the work.', {
    how: z.enum(reengagements),
    adapted: z.enum(['adapted-to-communication-needs', 'no-communication-needs', 'not-adapted']),
    result: z.enum(['back', 'not-yet']),
  }),
  event('manager.reviewed', 'A manager reviewed how the work goes.', {
    conclusion: z.enum(['go-on', 'vary', 'end-voluntary-work', 'non-compliance']),
    noteId: idSchema,
  }),
  event('police.notified', 'The police were told that the conditions are not kept.', {}),
  event('risk.reported', 'A risk was reported; the police are told the same day.', {
    risk: z.enum(risks),
  }),
  event('delivery.stopped', 'The case moved on, and the work stopped with it.', {
    reason: reasonOf(reasons.stopped),
  }),
] as const
