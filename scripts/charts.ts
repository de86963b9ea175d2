import {
  type ChartName,
  chartNames,
  charts,
  conditionOf,
  statesOf,
  waysOf,
} from '../machines/charts.ts'
import { beforeOffering } from '../machines/referral/context.ts'
import { stateSays } from '../machines/words.ts'
import { eventSays, openingEvents } from '../src/domain/events.ts'

/** The page machines/README.md: each chart drawn, and said in words, from its own definition. */
export const chartsText = (): string =>
  [intro, ...chartNames.map((name) => chartText(name))].join('\n\n').concat('\n')

const intro = `# The charts

What may happen next to a case, to a delivery and to a rule set. A chart orders; it does not act: no
clock, no store, no message. What is to be done after a step comes out of it as data
(\`effects/\`), and casework carries it out. Why it is so: [decision 5](../docs/adr/0005-machines-are-pure.md),
[30](../docs/adr/0030-events-hold-ids-and-codes.md), [31](../docs/adr/0031-a-chart-says-what-it-refuses-and-why.md)
and [32](../docs/adr/0032-old-snapshots-come-up-by-named-steps.md).

*Written by \`scripts/write-charts.ts\` from the charts themselves, and checked to be current by a
test. Do not edit it by hand.* An event that happens in many states is drawn once, from a box that
stands for all of them. What stays where it is is not drawn; the table under each picture has it.`

const titles: Readonly<Record<ChartName, string>> = {
  referral: 'Referral',
  delivery: 'Delivery',
  policy: 'Policy: a rule set’s own life',
}

type Group = { id: string; label: string; states: readonly string[] }

/** Sets of states that people have a word for. */
function groupsOf(name: ChartName): Group[] {
  const states = statesOf(name)
  const open = states.filter((state) => waysOf(name, state).length > 0)
  if (name !== 'referral') return [{ id: 'anyOpen', label: 'any state but the last', states: open }]
  return [
    { id: 'anyEarly', label: 'any state before an offer', states: [...beforeOffering, 'onHold'] },
    { id: 'anyOpen', label: 'any open state', states: open.filter((state) => state !== 'closed') },
  ]
}

const chartText = (name: ChartName): string =>
  [
    `## ${titles[name]}`,
    `Version ${charts[name].version}. A history begins with \`${openingEvents[name]}\`.`,
    ['```mermaid', 'stateDiagram-v2', ...drawing(name), '```'].join('\n'),
    `### States of the ${name} chart`,
    table(
      ['state', 'here when'],
      statesOf(name).map((state) => [`\`${state}\``, stateSays[name][state] ?? '']),
    ),
    `### Moves of the ${name} chart`,
    table(['event', 'from', 'to', 'only when'], moves(name)),
  ].join('\n\n')

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

type Arrow = { event: string; from: string; to: string; conditions: readonly string[] }

const arrowsOf = (name: ChartName): Arrow[] =>
  statesOf(name).flatMap((from) => waysOf(name, from).map((way) => ({ ...way, from })))

/** The lines of the picture: arrows between states, and from the boxes that stand for many. */
function drawing(name: ChartName): string[] {
  const arrows = arrowsOf(name)
  const groups = groupsOf(name)
  const labels = new Map<string, string[]>()
  const used = new Set<string>()
  const draw = (from: string, to: string, event: string) => {
    const line = `${from} --> ${to}`
    const events = labels.get(line) ?? []
    if (!events.includes(event)) labels.set(line, [...events, event])
  }
  for (const event of new Set(arrows.map((arrow) => arrow.event))) {
    const own = arrows.filter((arrow) => arrow.event === event)
    const group = groups.find((one) => sameSet(one.states, sourcesOf(own)))
    if (group) {
      for (const to of new Set(own.map((arrow) => arrow.to)))
        if (sameSet(group.states, sourcesOf(own.filter((arrow) => arrow.to === to)))) {
          used.add(group.id)
          draw(group.id, to, event)
        }
    } else if (own.length > 5 && sourcesOf(own).length === 1) {
      used.add('anyEarly')
      draw(own[0]?.from ?? '', 'anyEarly', `${event} (where it was)`)
    } else for (const { from, to } of own) if (from !== to) draw(from, to, event)
  }
  const initial = String(charts[name].machine.config.initial)
  const last = statesOf(name).filter(
    (state) => state === 'closed' || waysOf(name, state).length === 0,
  )
  return [
    ...groups.filter(({ id }) => used.has(id)).map(({ id, label }) => `  ${id}: ${label}`),
    `  [*] --> ${initial}`,
    ...[...labels].map(([line, events]) => `  ${line}: ${events.join(' / ')}`),
    ...last.map((state) => `  ${state} --> [*]`),
  ]
}

const sourcesOf = (arrows: readonly Arrow[]) => [...new Set(arrows.map(({ from }) => from))]
const sameSet = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((item) => other.includes(item))

/** One row for each event, each place it leads to and each set of conditions. */
function moves(name: ChartName): string[][] {
  const rows = new Map<string, Arrow[]>()
  for (const arrow of arrowsOf(name)) {
    const to = arrow.from === arrow.to ? 'stays' : arrow.to
    const conditions = arrow.conditions.map((id) =>
      id.startsWith('heldFrom:') ? 'The hold must have begun there.' : conditionOf(name, id).says,
    )
    const back = arrow.conditions.some((id) => id.startsWith('heldFrom:'))
    const key = JSON.stringify([arrow.event, back ? 'where it was' : to, conditions])
    rows.set(key, [...(rows.get(key) ?? []), arrow])
  }
  const order = [...new Set(arrowsOf(name).map(({ event }) => event))]
  const place = ([key]: [string, Arrow[]]) => order.indexOf((JSON.parse(key) as string[])[0] ?? '')
  return [...rows]
    .sort((one, other) => place(one) - place(other))
    .map(([key, arrows]) => {
      const [event, to, conditions] = JSON.parse(key) as [string, string, string[]]
      const says = eventSays[event] ?? ''
      const named = statesOf(name).includes(to) ? `\`${to}\`` : to
      return [`\`${event}\`<br>${says}`, said(name, sourcesOf(arrows)), named, conditions.join(' ')]
    })
}

function said(name: ChartName, sources: readonly string[]): string {
  const group = groupsOf(name).find(({ states }) => sameSet(states, sources))
  return group ? group.label : sources.map((state) => `\`${state}\``).join(', ')
}
