import { readFileSync } from 'node:fs'
import type { Case } from '../domain/case.ts'
import { didYouMean, type Result, refuse } from '../domain/problem.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import { recommend } from '../recommend/recommend.ts'
import { evaluateCompiled } from '../rules/compile.ts'
import { evaluateByReference } from '../rules/evaluate.ts'
import { usePolicy } from '../rules/load-built.ts'
import { readCase } from '../rules/read-case.ts'
import { composeRuleSet } from '../rules/rule-set.ts'
import type { Console, ExitCode } from './output.ts'
import { printProblems } from './output.ts'
import { recommendationText } from './recommendation-text.ts'
import { whyText } from './why-text.ts'

export type RecommendOptions = {
  rules: string
  json: boolean
  partnership?: string
  asAt?: string
  why?: string
  all: boolean
  engine: keyof typeof engines
}

/** What answers the tests of the rules; a differential test holds the two equal (ADR 0004). */
export const engines = { reference: evaluateByReference, compiled: evaluateCompiled }

/** `waymark recommend`: a case file in, the recommendation out. */
export async function recommendCase(
  console: Console,
  file: string,
  options: RecommendOptions,
): Promise<ExitCode> {
  const read = await readCaseFile(console, file)
  if (!read.ok) return printProblems(console, read.problems, options.json)
  const loaded = usePolicy(options.rules)
  if (!loaded.ok) return printProblems(console, loaded.problems, options.json)
  const given = read.value
  const ruleSet = composeRuleSet(loaded.value, options.partnership ?? given.partnership)
  if (!ruleSet.ok) return printProblems(console, ruleSet.problems, options.json)
  const asAt = options.asAt ?? given.asAt ?? console.today
  const result = await recommend(ruleSet.value, given, asAt, engines[options.engine])
  if (!result.ok) return printProblems(console, result.problems, options.json)
  const recommendation = result.value
  if (options.why) return why(console, recommendation, options.why, options.json)
  console.out(
    options.json
      ? JSON.stringify(recommendation, null, 2)
      : recommendationText(console, ruleSet.value, recommendation, options.all),
  )
  return 0
}

async function readCaseFile(console: Console, file: string): Promise<Result<Case>> {
  try {
    const bytes = file === '-' ? await console.readInput() : readFileSync(file)
    return readCase({ path: file === '-' ? 'standard input' : file, bytes })
  } catch (error) {
    return refuse({
      message: `The case file "${file}" cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      mend: 'Give the path of a YAML or JSON file, or "-" to read standard input.',
    })
  }
}

function why(console: Console, all: Recommendation, id: string, json: boolean): ExitCode {
  const found = all.findings.filter(({ rule }) => rule.id === id)
  if (found.length === 0) {
    const known = all.findings.map(({ rule }) => rule.id)
    return printProblems(
      console,
      [
        {
          message: `No rule "${id}" is in force on ${all.ruleSet.asAt}.${didYouMean(id, known)}`,
          mend: 'List them with: waymark rules list',
        },
      ],
      json,
    )
  }
  console.out(json ? JSON.stringify(found, null, 2) : whyText(console, found))
  return 0
}
