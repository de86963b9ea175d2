import type {
  Change,
  ClinicItem,
  ClockRow,
  ConditionRow,
  DeliveryRow,
  TaskRow,
  VictimRow,
} from '../../src/casework/ports.ts'
import { fromSnapshot, toSnapshot } from './case-row.ts'
import { salt } from './salt.ts'
import type { Put, RowOf } from './tables.ts'

/** The rows of a case that later acts replace: each way, between the ports and the tables. */

type Of<T extends 'delivery' | 'condition' | 'task' | 'clock' | 'victim'> = RowOf<T>

export function standingRows(referral: string, change: Change): Put[] {
  const { deliveries = [], conditions = [], tasks = [], clocks = [], clinicItems = [] } = change
  return [
    ...deliveries.map((one): Put => ({ table: 'delivery', row: fromDelivery(referral, one) })),
    ...conditions.map((one): Put => ({ table: 'condition', row: { ...one, referral } })),
    ...tasks.map((one): Put => ({ table: 'task', row: fromTask(referral, one) })),
    ...clocks.map(
      (one): Put => ({
        table: 'clock',
        row: { ...one, referral, hard: Number(one.hard), salt: salt() },
      }),
    ),
    ...clinicItems.map((one): Put => ({ table: 'clinic_item', row: fromItem(one) })),
  ]
}

const fromDelivery = (referral: string, { snapshot, ...one }: DeliveryRow): Of<'delivery'> => ({
  ...one,
  referral,
  ...fromSnapshot(snapshot),
})

const fromTask = (referral: string, { of, ...one }: TaskRow): Of<'task'> => ({
  ...one,
  referral,
  agency: of,
  salt: salt(),
})

const fromItem = ({ clinic, case: referral, state }: ClinicItem): RowOf<'clinic_item'> => ({
  clinic,
  referral,
  state,
})

export const toDelivery = (row: Of<'delivery'>): DeliveryRow => ({
  id: row.id,
  decision: row.decision,
  snapshot: toSnapshot(row),
})

export const toCondition = ({ referral: _, ...row }: Of<'condition'>): ConditionRow =>
  row as ConditionRow

export const toTask = ({ referral: _, salt: __, agency, ...row }: Of<'task'>): TaskRow => ({
  ...row,
  of: agency as TaskRow['of'],
})

export const toClock = ({ referral: _, salt: __, hard, state, ...row }: Of<'clock'>): ClockRow => ({
  ...row,
  hard: hard === 1,
  state: state as ClockRow['state'],
})

export const toVictim = ({ number, offences }: Of<'victim'>): VictimRow => ({
  number,
  offences: offences === null ? null : (JSON.parse(offences) as number[]),
})
