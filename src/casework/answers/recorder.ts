import { actorFor, type Caller, type Where } from '../../access/caller.ts'
import type { Actor } from '../../domain/roles.ts'
import { done, notAllowed, type Outcome } from '../casework.ts'
import type { AnswersInput } from './input.ts'
import { mayCorrectEvents } from './typed.ts'

const mineToTell = ({ about, fact }: AnswersInput['answers'][number]) =>
  about.what === 'victim' || fact.startsWith('victim.')

/**
 * As whom a caller records answers. What concerns a victim is recorded by who may record it with the
 * victim and by nobody else, whoever is said to have supplied it: the victim's agreement opens what
 * the victim said. A mistake is put right as the manager whom the caller may be.
 */
export function recorder(caller: Caller, where: Where, input: AnswersInput): Outcome<Actor> {
  const actor = actorFor(caller, 'case.record-facts', where)
  if (!actor) return notAllowed('Your role may not record facts.')
  if (input.answers.some(mineToTell)) {
    const liaison = actorFor(caller, 'victim.record', where)
    return liaison
      ? done(liaison)
      : notAllowed('Your role may not record what concerns a victim: victim liaison does that.')
  }
  if (!input.correction) return done(actor)
  const managers = caller.grants.filter(({ role }) => mayCorrectEvents.includes(role))
  return done(actorFor({ ...caller, grants: managers }, 'case.record-facts', where) ?? actor)
}
