import type { z } from 'zod'
import type { DeliveryEvent } from '../../src/domain/events.ts'
import type { deliveryContextSchema } from '../delivery.machine.ts'
import { type EffectTable, task, tell, tellReferral, tellToday } from './saying.ts'

/** What each event of a delivery asks of casework. */
export const deliveryEffects: EffectTable<DeliveryEvent, z.infer<typeof deliveryContextSchema>> = {
  'delivery.agreed': [],
  'delivery.started': [],
  'contact.made': [],
  'contact.missed': [task('try-to-bring-the-child-back', 'youth-justice')],
  'condition.met': [],
  'conditions.varied': [],
  'conditions.allMet': [tellReferral('delivery.finished')],
  'child.withdrew': [tellReferral('delivery.withdrawn')],
  'reengagement.tried': ({ event, after }) =>
    event.result === 'back'
      ? []
      : [
          after.context.reengagementTried
            ? task('review-as-manager', 'youth-justice')
            : task('try-to-bring-the-child-back', 'youth-justice'),
        ],
  'manager.reviewed': ({ after }) => {
    if (after.value === 'varying') return [task('agree-varied-conditions', 'youth-justice')]
    if (after.value === 'withdrawn') return [tellReferral('delivery.withdrawn')]
    if (after.value === 'nonCompliance') return [tell('conditions-not-kept', 'police')]
    return []
  },
  'police.notified': [tellReferral('delivery.failed')],
  'risk.reported': [tellToday('risk-to-somebody', 'police')],
  'delivery.stopped': [],
}
