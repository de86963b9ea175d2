import { didYouMean, type Problem, pointer } from '../../domain/problem.ts'
import { numbers } from '../assemble.ts'
import type { CaseFile } from '../ports.ts'
import type { VictimInput } from './input.ts'
import { type Known, scopeOf, shows } from './shows.ts'

/** A victim that something is recorded about. */
export type About = Known & { number: number; fresh: boolean }

/** What is wrong with what was handed in, before any rule looks at it. */
export function misfits(
  input: VictimInput,
  about: About,
  { row }: CaseFile,
  known: readonly string[],
  today: string,
): Problem[] {
  return [
    ...offences(input, about, row.offences),
    ...input.facts.flatMap((_, i) => wrongFact(input, i, about, known)),
    ...entry(input, about, today),
    ...(!about.fresh && input.facts.length === 0 && !input.entry
      ? [{ message: 'There is nothing to record.', mend: 'Give "facts" or an "entry".' }]
      : []),
  ]
}

function offences({ offences: given }: VictimInput, { fresh }: About, most: number): Problem[] {
  if (!given) return []
  if (!fresh)
    return [
      {
        message: 'The offences of a victim are said when the victim is added.',
        mend: 'Leave "offences" out.',
        pointer: '/offences',
      },
    ]
  return given.flatMap((number, i) =>
    numbers(most).includes(number) && given.indexOf(number) === i
      ? []
      : [
          {
            message: `There is no offence ${number}, or it is named twice: the case has ${most}.`,
            pointer: pointer('offences', i),
          },
        ],
  )
}

function wrongFact(input: VictimInput, i: number, about: About, known: readonly string[]) {
  const { fact, answer, because } = input.facts[i] as VictimInput['facts'][number]
  const at = (key: string) => pointer('facts', i, key)
  const shown = input.entry ? shows(input.entry, about) : []
  const problems: Problem[] = []
  if (!fact.startsWith('victim.'))
    problems.push({
      message: `"${fact}" is not about a victim.`,
      mend: 'Record it with the facts of the case.',
      pointer: at('fact'),
    })
  else if (!known.includes(fact))
    problems.push({
      message: `I don't know the fact "${fact}".${didYouMean(fact, known)}`,
      pointer: at('fact'),
    })
  if (because !== undefined && answer !== null)
    problems.push({
      message: 'An answer that is known has no reason for not being known.',
      pointer: at('because'),
    })
  if (input.facts.findIndex((one) => one.fact === fact) < i)
    problems.push({ message: `"${fact}" is answered twice.`, pointer: at('fact') })
  if (shown.some((one) => one.fact === fact))
    problems.push({
      message: `"${fact}" follows from the entry already.`,
      mend: 'Say it once: leave it out of "facts".',
      pointer: at('fact'),
    })
  return problems
}

function entry({ entry: given }: VictimInput, about: About, today: string): Problem[] {
  if (!given) return []
  const future =
    'on' in given && given.on > today
      ? [{ message: 'The day is still to come.', pointer: '/entry/on' }]
      : []
  if (given.kind !== 'consent' || given.what !== 'withdrawn') return future
  const agreed = scopeOf(about) ?? []
  if (agreed.length === 0)
    return [
      ...future,
      { message: 'No agreement stands that could be taken back.', pointer: '/entry/what' },
    ]
  return [
    ...future,
    ...(given.scope ?? []).flatMap((one, i) =>
      agreed.includes(one)
        ? []
        : [
            {
              message: 'This was not agreed to, so it cannot be taken back.',
              mend: `What stands is: ${agreed.join(', ')}.`,
              pointer: pointer('entry', 'scope', i),
            },
          ],
    ),
  ]
}
