import { isPeriod, misfit } from '../../domain/fact.ts'
import type { Problem } from '../../domain/problem.ts'
import type { DatedValue, Parameter } from '../catalogue.ts'
import { firstDay } from '../schema.ts'
import type { Path, YamlFile } from '../yaml-file.ts'
import { dateProblems, hasWholeDates } from './identity.ts'

/** Dated values of one parameter or provision: of its kind, and never two on the same day. */
export function valuesProblems(
  values: readonly DatedValue[],
  parameter: Pick<Parameter, 'answers' | 'values'>,
  path: Path,
  yaml: YamlFile,
): Problem[] {
  return [
    ...values.flatMap((value, i) => [
      ...dateProblems(value, true, [...path, i], yaml),
      ...kindProblems(value, parameter, [...path, i, 'value'], yaml),
    ]),
    ...overlapProblems(values, path, yaml),
  ]
}

function kindProblems(
  { value }: DatedValue,
  { answers, values }: Pick<Parameter, 'answers' | 'values'>,
  path: Path,
  yaml: YamlFile,
): Problem[] {
  const wrong = answers && misfit(answers, value)
  if (wrong) return [yaml.problem(path, `This parameter ${wrong}`)]
  const usual = values[0]?.value
  return answers || usual === undefined || kindOf(value) === kindOf(usual)
    ? []
    : [
        yaml.problem(
          path,
          `The values of this parameter are ${kindOf(usual)}; this is ${kindOf(value)}.`,
          'A rule compares or counts with it, whatever its date.',
        ),
      ]
}

/** True where one of the values is of another kind than the others, which is a problem by itself. */
export const areMixed = (values: readonly DatedValue[]): boolean =>
  new Set(values.map(({ value }) => kindOf(value))).size > 1

function kindOf(value: DatedValue['value']): string {
  if (typeof value === 'number') return 'a number'
  return isPeriod(value) ? 'a length of time' : 'a word'
}

function overlapProblems(values: readonly DatedValue[], path: Path, yaml: YamlFile): Problem[] {
  const ordered = values
    .map((value, i) => ({ value, i }))
    .filter(({ value }) => hasWholeDates(value))
    .sort((a, b) => (firstDay(a.value) < firstDay(b.value) ? -1 : 1))
  return ordered.flatMap(({ value, i }, n) => {
    const earlier = ordered[n - 1]?.value
    if (!earlier || (earlier.until !== undefined && earlier.until < firstDay(value))) return []
    return [
      yaml.problem(
        [...path, i],
        `This value begins on ${firstDay(value)} while the one from ${firstDay(earlier)} still holds.`,
        'Close the earlier one with until, on the day before.',
      ),
    ]
  })
}
