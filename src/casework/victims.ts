/** What is kept of victims, apart from the child's record. */
export {
  type VictimInput,
  victimNumberSchema,
  victimSchema,
} from './victims/input.ts'
export { listVictims, type VictimView } from './victims/list.ts'
export { recordVictim } from './victims/record.ts'
