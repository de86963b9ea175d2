import { writeFileSync } from 'node:fs'
import { registerText } from './field-register.ts'

/** Writes docs/field-register.md from the field register. */
writeFileSync('docs/field-register.md', registerText())
process.stdout.write('Wrote docs/field-register.md\n')
