import { writeFileSync } from 'node:fs'
import { evaluateByReference } from '../src/rules/evaluate.ts'
import { ownPolicy } from './catalogue.ts'
import { realCasesText } from './real-cases/report.ts'
import { runRealCases } from './real-cases/run.ts'

/** Runs the published cases and writes docs/real-cases.md. */
const policy = ownPolicy()
const runs = await runRealCases(policy, evaluateByReference)
writeFileSync('docs/real-cases.md', realCasesText(policy, runs))
process.stdout.write(`Ran ${runs.length} children of published cases; wrote docs/real-cases.md\n`)
