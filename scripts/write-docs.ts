import { writeFileSync } from 'node:fs'
import { ownPolicy } from './catalogue.ts'
import { coverageText, policyItems } from './coverage.ts'

/** Writes the generated pages of docs/. */
writeFileSync('docs/policy-coverage.md', coverageText(policyItems(), ownPolicy()))
process.stdout.write('Wrote docs/policy-coverage.md\n')
