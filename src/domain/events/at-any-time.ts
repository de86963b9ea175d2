import { z } from 'zod'
import { factIdPattern } from '../fact.ts'
import { agencies } from '../lists.ts'
import { reasonOf, reasons } from '../reasons.ts'
import { idSchema } from '../roles.ts'
import { event, offences, scope, slugSchema } from './parts.ts'

/** Which facts, never their answers. */
const facts = z.array(z.string().regex(factIdPattern)).min(1).max(200)

/** What can happen to any case that is open. */
export const atAnyTime = [
  event('safeguarding.raised', 'Somebody is worried about the child’s safety.', {
    reason: reasonOf(reasons.safeguarding),
  }),
  event('child.turnedEighteen', 'The child reached the eighteenth birthday.', {}),
  event('limitation.confirmedExpired', 'A person confirmed that the time to prosecute is over.', {
    offences,
    scope,
  }),
  event('evidence.fellAway', 'The evidence no longer reaches what is needed.', {
    offences,
    scope,
    reason: reasonOf(reasons.fellAway),
  }),
  event('case.transferred', 'The case went to another partnership.', {
    from: slugSchema,
    to: slugSchema,
  }),
  event('representations.received', 'The child, a parent or a solicitor made representations.', {
    representationsId: idSchema,
    from: z.enum(['child', 'parent', 'solicitor']),
  }),
  event('representations.answered', 'The representations were answered.', {
    representationsId: idSchema,
    answer: z.enum(['upheld', 'upheld-in-part', 'not-upheld']),
  }),
  event('circumstances.changed', 'The child’s circumstances changed.', {
    reason: reasonOf(reasons.circumstances),
  }),
  event('facts.recorded', 'Facts were recorded.', { facts, suppliedBy: z.enum(agencies) }),
  event('record.corrected', 'The record was corrected; what stood before is kept.', {
    facts,
    reason: reasonOf(reasons.corrected),
  }),
  event('newOffence.linked', 'A new offence was linked to the case.', { referralId: idSchema }),
] as const
