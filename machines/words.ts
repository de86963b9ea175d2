import type { ChartName } from './charts.ts'

/** Each state in plain words: the case is here when … The pages show the same. */
export const stateSays: Readonly<Record<ChartName, Readonly<Record<string, string>>>> = {
  referral: {
    received: 'the police have referred it and nobody has accepted it yet',
    preparing: 'facts, assessment, checklist and the victim’s views are gathered side by side',
    onHold: 'the held disposals wait, with a day of review',
    withSpecialists: 'a specialist panel has it',
    withCps: 'the prosecutors have to give their authority or decide on a charge',
    listed: 'it is on the agenda of a clinic',
    inClinic: 'the clinic is discussing it',
    escalated: 'the agencies differ, and it goes up the partnership’s ladder',
    decided: 'a disposal is chosen for each offence and waits to be confirmed',
    offering: 'it is explained to the child, with an independent appropriate adult',
    delivering: 'what was agreed is being done',
    reconsidering: 'it was not completed, and the police decide what follows',
    completed: 'it is done; outcome, victim and exit plan remain',
    returned: 'it is back with the police, for a charge or another decision',
    closed: 'the file is closed; scrutiny may look at it, and what was unlawful can be set aside',
  },
  delivery: {
    agreed: 'the child has agreed and the work has not begun',
    inProgress: 'the work goes on',
    concern: 'a contact was missed and somebody tries to bring the child back',
    varying: 'conditions are being changed with the child',
    nonCompliance: 'a manager found that conditions are not kept; the police are to be told',
    finished: 'everything agreed is done',
    withdrawn: 'the child no longer takes part',
    failed: 'the police were told that conditions are not kept',
    stopped: 'the case moved on, and the work stopped with it',
  },
  policy: {
    loaded: 'it was read; every check and example passes',
    proposed: 'a policy lead proposes it',
    approved: 'it is approved and waits for its first day',
    inForce: 'it is in force',
    superseded: 'a later set took its place',
    withdrawn: 'it was withdrawn before it came into force',
  },
}
