import type { Act, Stepped } from './draft.ts'

/**
 * A case that goes to another partnership is that partnership's from then on: it leaves the agenda
 * of a clinic that is not its own any more. Its reference is the sender's, and another case may have
 * the same one where it goes, which the sender must not learn. So it is kept as words of the event,
 * and stands on the case no more.
 */
export function moveWhereItWent(act: Act, events: Stepped['events']): void {
  const { draft, deps, actor: by, at, file } = act
  for (const { id: about, event } of events) {
    if (event.type !== 'case.transferred') continue
    const { id, clinic, reference } = file.row
    if (clinic) draft.clinicItems.push({ clinic, case: id, state: 'taken-off' })
    if (reference !== null) {
      const text = `The reference in ${event.from} was ${reference}.`
      draft.notes.push({ id: deps.newId(), by, at, about, text })
    }
    const moved = { partnership: event.to, area: null, clinic: null, reference: null }
    act.file = { ...file, row: { ...act.file.row, ...moved } }
  }
}
