import { writeFileSync } from 'node:fs'
import { chartsText } from './charts.ts'

/** Draws the charts anew: machines/README.md. */
writeFileSync('machines/README.md', chartsText())
process.stdout.write('Wrote machines/README.md\n')
