import type { Confirmation, Status } from '../domain/lists.ts'
import { answerInWords, capital } from '../rules/explain.ts'

/** How a recommendation's fixed values are said to people, at a terminal and on a page alike. */

export const statusWords: Record<Status, string> = {
  excluded: 'not for this clinic',
  'cannot-tell': 'cannot tell yet whether this is for the clinic',
  'on-hold': 'on hold',
  open: 'open to the clinic',
}

export const confirmationWords: Record<Confirmation, string> = {
  read: 'read',
  'read-in-part': 'read in part: check before use',
  recalled: 'recalled, not confirmed: check before use',
  'local-default': 'our own default: to be confirmed locally',
}

/** `Youth justice`, `Crown Prosecution Service`. */
export const agencyWords = (agency: string): string =>
  agency === 'cps' ? 'Crown Prosecution Service' : capital(answerInWords(agency))
