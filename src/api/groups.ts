/** The groups of calls, and how to use each, as the OpenAPI document and the page about it tell. */
export const groups = [
  {
    name: 'Recommendations',
    description:
      'To ask without storing anything: send what is known, leave out what is not, and read which options are open and why. Send an empty body to /v1/questions for every question that can matter; ask again with what is known, and only what can still matter comes back.',
  },
  {
    name: 'Cases',
    description:
      'To take a case through: refer it with an Idempotency-Key, GET it, look at "actions" for what you may record now and what blocks the rest, and record it with the ETag that you read in If-Match. After each write go on with the new version. Where the answer is 412, somebody was faster: GET it again.',
  },
  {
    name: 'Checklists',
    description:
      'For a child in care: GET the checklists to see which applies and what each point lacks, and PUT the points that you know. A point may be sealed; what was sealed is shown to few, who say in X-Purpose what for.',
  },
  {
    name: 'Victims',
    description:
      'Kept apart from the child. A victim liaison officer adds a victim, records first what the victim agreed to, then views, safety and requests, one entry each time. The clinic sees views only where the victim agreed that it may.',
  },
  {
    name: 'Clinics',
    description:
      'Call a clinic for a day, put cases on its agenda with the event case.listed, open it, say who is there and who has a conflict of interest in which case, record decisions as events of the cases, and close it. The agenda and the chase list say what is still missing, and who owes it.',
  },
  {
    name: 'Rules',
    description:
      'Anybody may read the rules, by partnership and day. A changed rule set waits until a policy lead proposes it and somebody else approves it: GET its versions, and record each step with their ETag in If-Match.',
  },
  {
    name: 'Audit',
    description:
      'For auditors: who saw and changed what, the newest first. Go on with "next" in "cursor" until it is null.',
  },
  {
    name: 'Operations',
    description:
      'For those who run the service: whether it runs, whether it can answer, how much it does; and for everybody, who they are here.',
  },
] as const
export type Group = (typeof groups)[number]['name']
