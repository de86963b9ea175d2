import type { AnswerEntry, VictimEntry } from '../ports.ts'
import type { VictimInput, VictimInputEntry } from './input.ts'

type Said = Pick<VictimInput['facts'][number], 'fact' | 'answer'>

const say = (fact: string, answer: Said['answer'] | undefined): Said[] =>
  answer === undefined ? [] : [{ fact: `victim.${fact}`, answer }]

/** What is known of one victim: the answers that stand, and what was recorded beside them. */
export type Known = {
  answers: readonly AnswerEntry[]
  entries: readonly Pick<VictimEntry, 'kind' | 'content' | 'at'>[]
}

/**
 * What a victim agrees to now; undefined where nothing says. What was taken back wins, by the entries
 * and by the facts, whatever the scope says: only asking the victim again brings it back.
 */
export function scopeOf({ answers, entries }: Known): readonly string[] | undefined {
  const said = (fact: string) => answers.find((one) => one.fact === `victim.${fact}`)?.answer
  const scope = said('consent_scope')
  if (typeof scope !== 'object' || scope === null) return undefined
  const back = takenBack(entries)
  // A fact alone says that consent was taken back, and not which part of it: then it is all of it.
  if (back === 'all' || (back.length === 0 && said('consent_withdrawn') === 'yes')) return []
  return scope.filter((one) => !back.includes(one))
}

/** What was taken back since the victim was last asked. */
function takenBack(entries: Known['entries']): readonly string[] | 'all' {
  let back: readonly string[] | 'all' = []
  const consents = entries.filter(({ kind }) => kind === 'consent')
  for (const { content } of [...consents].sort((one, other) => (one.at < other.at ? -1 : 1))) {
    if (content.what === 'answered') back = []
    else if (back === 'all' || !Array.isArray(content.scope)) back = 'all'
    else back = [...back, ...content.scope.map(String)]
  }
  return back
}

/** The facts that an entry shows by itself, so that nobody types the same thing twice. */
export function shows(entry: VictimInputEntry, known: Known): Said[] {
  switch (entry.kind) {
    case 'consent':
      return entry.what === 'answered'
        ? [
            ...say('consents_to_contact', entry.agrees),
            ...say('consent_recorded', 'yes'),
            ...say('consent_scope', entry.scope ?? []),
            ...say('consent_withdrawn', 'no'),
          ]
        : [
            // What was answered before stays answered; the rules ask whether it was taken back.
            ...say('consent_withdrawn', 'yes'),
            ...say('consent_scope', left(scopeOf(known) ?? [], entry.scope)),
          ]
    case 'views':
      return [
        ...say('views_sought', 'yes'),
        ...say('view', entry.view),
        ...say('supports_informal', entry.supportsInformal),
        ...say('wants_restorative_justice', entry.wantsRestorativeJustice),
      ]
    case 'safety':
      return [
        ...say('ongoing_contact', entry.ongoingContact),
        ...say('protective_condition', entry.protectiveCondition),
      ]
    case 'request':
      return entry.what === 'restorative-justice' ? say('wants_restorative_justice', 'yes') : []
    case 'contact':
      return entry.about === 'decision'
        ? [...say('told_of_decision', 'yes'), ...say('told_of_decision_on', entry.on)]
        : []
    case 'identity':
      return []
  }
}

/** What is still agreed to after some of it, or all, was taken back. */
const left = (agreed: readonly string[], back: readonly string[] | undefined): string[] =>
  back ? agreed.filter((one) => !back.includes(one)) : []
