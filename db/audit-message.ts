import type { OutboxMessage } from '../src/casework/ports.ts'

/** What one row of the access log says, as far as others are told of it. */
export type Told = {
  partnership: string
  seq: number
  at: string
  person: string
  role: string
  agency: string
  action: string
  request: string
  referral: string | null
  child: string | null
  clinic: string | null
}

/**
 * The message that tells the audit service of His Majesty's Prison and Probation Service, or one
 * that takes the same form, of one reading or writing. In ids and codes alone; the purpose is in
 * words, and stays here.
 */
export function auditMessage(told: Told): OutboxMessage {
  const { partnership, seq, at, person, role, agency, action, request } = told
  return {
    // Made of the row it is about, so that who is told twice can tell.
    id: `audit:${partnership}:${seq}`,
    kind: 'audit',
    body: {
      what: action,
      who: person,
      when: at,
      service: 'waymark',
      subjectId: told.child ?? told.clinic,
      subjectType: told.child === null ? 'CLINIC' : 'CHILD',
      correlationId: request,
      details: JSON.stringify({ partnership, seq, role, agency, case: told.referral }),
    },
  }
}
