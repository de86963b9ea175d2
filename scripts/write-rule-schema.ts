import { writeFileSync } from 'node:fs'
import { ruleJsonSchema } from '../src/rules/rule-json-schema.ts'
import { ownPolicy } from './catalogue.ts'

/** Writes the editor's schema of rule files, rules/rule.schema.json, after a change of catalogues. */
const file = 'rules/rule.schema.json'
writeFileSync(file, `${JSON.stringify(ruleJsonSchema(ownPolicy()), null, 2)}\n`)
process.stdout.write(`${file} is written.\n`)
