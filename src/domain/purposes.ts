/**
 * Why somebody looks at a case outside the ordinary work on it, in one word for the access log, and
 * what it says. A closed list, so that no name and no story finds its way into the log.
 */
export const purposes = {
  safeguarding: 'A child may be in danger, and it has to be known at once.',
  complaint: 'Somebody complained about how the case was dealt with.',
  inspection: 'An inspectorate asked for the case.',
  'subject-access': 'The child, or somebody for the child, asked for what is kept.',
  court: 'A court asked for it, or the case goes before one.',
  'quality-assurance': 'A manager looks at how well the work was done.',
} as const
export type Purpose = keyof typeof purposes

export const purposeNames = Object.keys(purposes) as [Purpose, ...Purpose[]]
export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text)
