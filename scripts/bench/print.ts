import { cpus } from 'node:os'
import type { Line } from './measure.ts'

/** The lines as a person reads them, group by group. */
export function asTable(lines: readonly Line[]): string {
  const groups = [...new Set(lines.map(({ group }) => group))]
  return groups
    .map((group) => {
      const head = `${group.padEnd(62)} ${'ratio'.padStart(7)} ${'aim'.padStart(8)}   figures`
      return [head, ...lines.filter((one) => one.group === group).map(row)].join('\n')
    })
    .join('\n\n')
}

function row({ what, peer, ratio, kind, target, value, peerValue, unit }: Line): string {
  const sign = kind === 'more-is-slower' ? '≤' : '≥'
  const aim = target === null ? '' : `${sign} ${target}`
  const figures = `${shortly(value)} beside ${shortly(peerValue)} ${unit}`
  return `  ${what.padEnd(60)} ${shortly(ratio).padStart(7)} ${aim.padStart(8)}   ${figures}\n    beside ${peer}`
}

/** Three figures, or all of them before the point. */
function shortly(value: number): string {
  if (value >= 100) return value.toFixed(0)
  if (value >= 10) return value.toFixed(1)
  return value.toFixed(value >= 1 ? 2 : 3)
}

/** Everything for a machine, with what is needed to read it: never where it ran. */
export const asJson = (lines: readonly Line[]): string =>
  JSON.stringify({ node: process.version, cores: cpus().length, lines }, null, 2)
