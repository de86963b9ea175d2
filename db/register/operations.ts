import { ofNobody, ofStaff, ofTheCase, type RegisterGroup } from './field.ts'

const ofClinic = { regime: ofNobody, seen: 'action:clinic.read' } as const

export const operations: RegisterGroup = {
  clinic: {
    holds: 'Meetings',
    ...ofClinic,
    columns: {
      id: 'Its id',
      partnership: 'Whose meeting',
      area: 'For which part of the partnership',
      held_on: 'The day',
      state: 'Whether it is planned, open or closed',
      version: 'Rises with every change',
      minutes: {
        purpose:
          'The minutes. They are to name cases by id: erasing a child does not erase what they say',
        regime: ofTheCase,
        sealed: 'clinic',
      },
    },
  },
  attendance: {
    holds: 'Who was at a meeting',
    ...ofClinic,
    regime: ofStaff,
    columns: {
      clinic: 'The meeting',
      place: 'The place in the list',
      person: 'Who, by id',
      role: 'In which role',
      agency: 'For which agency',
      way: 'In person or from afar',
      name: { purpose: 'The name, to show', sealed: 'clinic' },
    },
  },
  conflict: {
    holds: 'Conflicts of interest that were declared',
    regime: ofStaff,
    seen: 'action:clinic.run',
    columns: {
      clinic: 'At which meeting',
      referral: 'About which case',
      person: 'By whom',
      at: 'When',
    },
  },
  clinic_item: {
    holds: 'The agenda',
    ...ofClinic,
    regime: ofTheCase,
    columns: { clinic: 'The meeting', referral: 'The case', state: 'How far it has come' },
  },
  idempotency_key: {
    holds: 'Answers that a repeated request gets again',
    regime: ofTheCase,
    seen: 'service',
    columns: {
      owner: 'Who used the key',
      key: 'The key',
      referral: 'The case that it is about; who may not read it now does not get the answer',
      child: 'The child with whose key the answer is sealed',
      status: 'The answer’s status',
      at: 'When',
      sealed: {
        purpose: 'A digest of the request, and the answer; its owner gets it again',
        sealed: 'child',
      },
    },
  },
  outbox: {
    holds: 'What others are to be told, in ids and codes',
    regime: ofTheCase,
    seen: 'service',
    kept: 'cleared 30 days after it was handed on; after 90 days where no outbox is set',
    columns: {
      seq: 'The order',
      id: 'Its id',
      act: 'The act that it tells of',
      kind: 'A notice to somebody, or a message to the audit service',
      body: 'The message, in ids and codes',
      at: 'When',
      delivered_at: 'When it arrived',
    },
  },
  session: {
    holds: 'Who is signed in',
    regime: ofStaff,
    seen: 'service',
    kept: 'while it lasts, eight hours at most; what has ended goes when the next sign-in begins',
    columns: {
      hashed_id: 'A digest of what the browser holds',
      started_at: 'When it began',
      last_seen_at: 'When it was last used',
      holds: 'Who signed in and what they hold',
    },
  },
  sign_in: {
    holds: 'Sign-ins that have begun and wait for the issuer',
    regime: ofNobody,
    seen: 'service',
    kept: 'ten minutes; what is older goes when the next sign-in begins',
    columns: {
      hashed_id: 'A digest of what the browser holds',
      started_at: 'When it began',
      holds: 'What it must come back with',
    },
  },
  service_key: {
    holds: 'Keys of other systems, without their secrets',
    regime: ofNobody,
    seen: 'service',
    columns: {
      id: 'The public part of the key',
      hashed_secret: 'A digest of the secret',
      system: 'The system that holds it',
      grants: 'What it may do, and where',
      made_at: 'When it was made',
      expires_at: 'When it ends by itself',
      revoked_at: 'When it was taken back',
    },
  },
}
