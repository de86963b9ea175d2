import type { FactDefinition, FactDefinitions } from '../domain/fact.ts'
import type { BankHolidays } from '../domain/plain-date.ts'
import type { DisposalDefinition, OffenceRow, Parameter, Partnership, Source } from './catalogue.ts'
import type { Rule } from './schema.ts'
import type { YamlFile } from './yaml-file.ts'

/** Everything in the rules folder, for every partnership and all dates. */
export type Policy = {
  /** Facts of facts.yaml, and one for each parameter. */
  facts: FactDefinitions
  sources: Readonly<Record<string, Source>>
  disposals: readonly DisposalDefinition[]
  parameters: Readonly<Record<string, Parameter>>
  offences: ReadonlyMap<string, OffenceRow>
  bankHolidays: BankHolidays
  partnerships: Readonly<Record<string, Partnership>>
  rules: readonly Rule[]
}

/** A policy together with the files it was read from, so that a check can name a place in them. */
export type ReadPolicy = { policy: Policy; fileOf: ReadonlyMap<string, YamlFile> }

/** Parameters are facts too, so that tests can name them. Periods cannot be tested, only counted. */
export function parameterFacts(parameters: Policy['parameters']): Record<string, FactDefinition> {
  return Object.fromEntries(
    Object.entries(parameters).map(([id, parameter]) => {
      const numbers = parameter.values.every(({ value }) => typeof value === 'number')
      return [
        id,
        {
          name: lowerFirst(parameter.title),
          ask: `What is set locally here: ${lowerFirst(parameter.title)}?`,
          answers: parameter.answers ?? (numbers ? 'whole-number' : 'text'),
          answered_by: 'partnership',
        },
      ]
    }),
  )
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
