import type { FactDefinitions } from '../../domain/fact.ts'
import { didYouMean, type Problem, pointer } from '../../domain/problem.ts'
import type { Actor } from '../../domain/roles.ts'
import { sameAbout } from '../assemble.ts'
import type { CaseFile } from '../ports.ts'
import type { AnswersInput } from './input.ts'
import { mayCorrectEvents, typedOver, wrongSupplier } from './typed.ts'

type Given = AnswersInput['answers'][number]

/** What is wrong with the answers before any rule looks at them. */
export function misfits(
  input: AnswersInput,
  file: CaseFile,
  actor: Actor,
  facts: FactDefinitions,
): Problem[] {
  const known = Object.keys(facts)
  const corrects = input.correction !== undefined && mayCorrectEvents.includes(actor.role)
  const { decision } = file.row.snapshot.context as { decision?: unknown }
  const problems = input.answers.flatMap((one, i): Problem[] => {
    const at = (...keys: string[]) => pointer('answers', i, ...keys)
    const over = corrects ? undefined : typedOver(one, file.answers, Boolean(decision))
    const supplier = wrongSupplier(one, actor.agency, facts)
    return [
      ...wrongShape(one, file, known, at),
      ...(over ? [{ ...over, pointer: at('answer') }] : []),
      ...(supplier ? [{ ...supplier, pointer: at('suppliedBy') }] : []),
    ]
  })
  if (input.correction?.reason === 'other' && !input.correction.text)
    problems.push({
      message: 'The reason is "other": say in "text" what it is.',
      pointer: pointer('correction', 'text'),
    })
  return [...problems, ...twice(input)]
}

/** What does not fit the case: an unknown fact, an offence or a victim that is not there. */
function wrongShape(
  { about, fact, answer, because }: Given,
  file: CaseFile,
  known: readonly string[],
  at: (...keys: string[]) => string,
): Problem[] {
  const most = { referral: 1, offence: file.row.offences, victim: file.victims.length }
  const problems: Problem[] = []
  if (!known.includes(fact))
    problems.push({
      message: `I don't know the fact "${fact}".${didYouMean(fact, known)}`,
      pointer: at('fact'),
    })
  if ('number' in about && about.number > most[about.what])
    problems.push({
      message: `There is no ${about.what} ${about.number} in this case.`,
      pointer: at('about', 'number'),
    })
  if (because !== undefined && answer !== null)
    problems.push({
      message: 'An answer that is known has no reason for not being known.',
      pointer: at('because'),
    })
  if (fact.startsWith('victim.') && about.what !== 'victim' && most.victim > 0)
    problems.push({
      message: 'The case lists its victims: say which one this is about.',
      pointer: at('about'),
    })
  return problems
}

/** The same question answered twice in one request: nobody could say which one is meant. */
const twice = ({ answers }: AnswersInput): Problem[] =>
  answers.flatMap((one, i) =>
    answers
      .slice(0, i)
      .some((other) => other.fact === one.fact && sameAbout(other.about, one.about))
      ? [{ message: `"${one.fact}" is answered twice.`, pointer: pointer('answers', i) }]
      : [],
  )
