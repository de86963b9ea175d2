/** Every table. What each column is for, who sees it and how long: docs/field-register.md. */
export * from './schema/cases.ts'
export * from './schema/children.ts'
export * from './schema/clinics.ts'
export * from './schema/log.ts'
export * from './schema/operations.ts'
export * from './schema/record.ts'
export * from './schema/victims.ts'
