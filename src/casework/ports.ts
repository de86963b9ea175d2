/** What casework needs of the outside. `db/` implements it, and sees nothing else of ours. */
export type * from '../access/ports.ts'
export * from '../access/store-error.ts'
export type * from './ports/clinics.ts'
export type * from './ports/database-tools.ts'
export type * from './ports/record.ts'
export type * from './ports/rule-sets.ts'
export type * from './ports/shared.ts'
export * from './ports/store.ts'
