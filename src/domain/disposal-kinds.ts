import type { Disposal } from './lists.ts'

/** What comes back to the police when it is not completed. All other work ends without consequence. */
export const reconsidered: readonly Disposal[] = [
  'diversionary-activity',
  'deferred-prosecution',
  'youth-conditional-caution',
]

/** The two cautions that the law has for a child; they fall away on the eighteenth birthday. */
export const youthCautions: readonly Disposal[] = ['youth-caution', 'youth-conditional-caution']

/** What asks something of the child, and so needs an independent appropriate adult at the giving. */
export const agreedWithTheChild: readonly Disposal[] = [
  'diversionary-activity',
  'community-resolution',
  'deferred-prosecution',
  'youth-caution',
  'youth-conditional-caution',
]
