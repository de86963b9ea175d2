import { type FactDefinitions, lookUp } from '../domain/fact.ts'
import type { Agency } from '../domain/lists.ts'
import type { Actor } from '../domain/roles.ts'
import { sameAbout } from './assemble.ts'
import type { About, AnswerEntry } from './ports.ts'

/** One answer as it is handed in. */
export type GivenAnswer = {
  about: About
  fact: string
  answer: AnswerEntry['answer']
  because?: string | undefined
  evidence?: string | undefined
  suppliedBy?: Agency | undefined
  /** Said where a form seals or unseals it; left out, it stays as the answer before it was. */
  sealed?: boolean | undefined
}

type By = {
  by: Actor
  at: string
  newId(): string
  facts: FactDefinitions
  /** Facts that somebody was asked to look at again: the same answer is an answer there. */
  again?: ReadonlySet<string>
}

/**
 * Answers as entries of the record. One that says what stands already is left out, unless it was
 * asked for again; any other supersedes it, and what stood before is kept. An answer to a sealed one
 * is sealed.
 */
export function toEntries(
  given: readonly GivenAnswer[],
  standing: readonly AnswerEntry[],
  { by, at, newId, facts, again }: By,
): AnswerEntry[] {
  return given.flatMap((one) => {
    const before = standing.find((old) => old.fact === one.fact && sameAbout(old.about, one.about))
    const sealed = one.sealed ?? before?.sealed ?? false
    const same = before && says(before) === says({ ...one, sealed })
    if (same && !again?.has(one.fact)) return []
    const entry: AnswerEntry = {
      id: newId(),
      by,
      at,
      about: one.about,
      fact: one.fact,
      answer: one.answer,
      because: one.because,
      evidence: one.evidence,
      suppliedBy: one.suppliedBy ?? by.agency,
      ...(sealed ? { sealed } : {}),
      supersedes: before?.id ?? null,
      kept: keptWhere(one, facts),
    }
    return [entry]
  })
}

const says = ({ answer, because, evidence, sealed }: GivenAnswer): string =>
  JSON.stringify([answer, because ?? null, evidence ?? null, sealed ?? false])

function keptWhere({ about, fact }: GivenAnswer, facts: FactDefinitions): AnswerEntry['kept'] {
  if (about.what === 'victim') return 'victim'
  return lookUp(facts, fact)?.protected === 'yes' ? 'protected' : 'ordinary'
}

/** The answers that stand after new ones came: each new one in the place of what it supersedes. */
export function standingAfter(
  before: readonly AnswerEntry[],
  fresh: readonly AnswerEntry[],
): AnswerEntry[] {
  const gone = new Set(fresh.map(({ supersedes }) => supersedes))
  return [...before.filter(({ id }) => !gone.has(id)), ...fresh]
}
