import type { AnswerEntry } from '../ports.ts'
import type { VictimInput, VictimInputEntry } from './input.ts'

type Said = Pick<VictimInput['facts'][number], 'fact' | 'answer'>

const say = (fact: string, answer: Said['answer'] | undefined): Said[] =>
  answer === undefined ? [] : [{ fact: `victim.${fact}`, answer }]

/** What a victim agreed to so far, by the answers that stand. */
export function scopeOf(answers: readonly AnswerEntry[]): readonly string[] | undefined {
  const found = answers.find(({ fact }) => fact === 'victim.consent_scope')?.answer
  return typeof found === 'object' && found !== null ? found : undefined
}

/** The facts that an entry shows by itself, so that nobody types the same thing twice. */
export function shows(entry: VictimInputEntry, answers: readonly AnswerEntry[]): Said[] {
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
            ...say('consent_scope', left(scopeOf(answers) ?? [], entry.scope)),
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
