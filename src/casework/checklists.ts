/** The forms that go with a case: the ten points for children in care, the Child Information Form. */
export { fillChecklist } from './checklists/fill.ts'
export { type ChecklistInput, checklistSchema, instrumentSchema } from './checklists/input.ts'
export { type Instrument, instruments } from './checklists/instruments.ts'
export { type ChecklistView, viewChecklists } from './checklists/view.ts'
