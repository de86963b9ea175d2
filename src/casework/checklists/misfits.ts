import { didYouMean, type Problem, pointer } from '../../domain/problem.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import type { ChecklistEntry } from '../ports.ts'
import type { ChecklistInput } from './input.ts'
import type { Instrument } from './instruments.ts'
import { answersTo } from './shown.ts'

type Given = ChecklistInput['answers'][number]

/** What is wrong with what was filled in, before any rule looks at it. */
export function misfits(
  instrument: Instrument,
  { answers }: ChecklistInput,
  before: ChecklistEntry | undefined,
  ruleSet: RuleSet,
  today: string,
  maySeal: boolean,
): Problem[] {
  return answers.flatMap((given, i) => {
    const at = (key: string) => pointer('answers', i, key)
    const earlier = answers.findIndex(({ point }) => point === given.point)
    const sealed = before?.answers.find(({ point }) => point === given.point)?.sealed
    return [
      ...wrongPoint(instrument, given, ruleSet, at),
      ...(earlier < i
        ? [{ message: `Point "${given.point}" is answered twice.`, pointer: at('point') }]
        : []),
      ...((given.suppliedOn ?? today) > today
        ? [{ message: 'The day it was supplied is still to come.', pointer: at('suppliedOn') }]
        : []),
      ...(sealed && given.sealed === false && !maySeal
        ? [
            {
              message: 'This point is sealed, and your role may not unseal it.',
              mend: 'Leave "sealed" out: the new answer is sealed too.',
              pointer: at('sealed'),
            },
          ]
        : []),
    ]
  })
}

function wrongPoint(
  { points, title }: Instrument,
  given: Given,
  ruleSet: RuleSet,
  at: (key: string) => string,
): Problem[] {
  const point = points.find(({ id }) => id === given.point)
  const ids = points.map(({ id }) => id)
  if (!point)
    return [
      {
        message: `${title} has no point "${given.point}".${didYouMean(given.point, ids)}`,
        mend: `Its points are: ${ids.join(', ')}.`,
        pointer: at('point'),
      },
    ]
  if (point.keptWith)
    return [
      {
        message: `Point ${point.id} is about the victim and is not filled in here.`,
        mend: 'Record it with the victim, so that it stays apart from the child’s record.',
        pointer: at('point'),
      },
    ]
  const known = answersTo(point, { ruleSet })
  if (known.includes(given.answer)) return []
  return [
    {
      message: `Point ${point.id} takes one of: ${known.join(', ')}.${didYouMean(given.answer, known)}`,
      pointer: at('answer'),
    },
  ]
}
