/** Clinics: when they meet, who comes, what is on the agenda, and what is still awaited. */
export * from './clinics/agenda.ts'
export * from './clinics/change.ts'
export * from './clinics/chase.ts'
export * from './clinics/conflicts.ts'
export * from './clinics/minutes.ts'
export * from './clinics/plan.ts'
export * from './clinics/view.ts'
