import { type Document, isAlias, isMap, isNode, isPair, isScalar, type Node, visit } from 'yaml'
import type { Misread } from './yaml-errors.ts'

type Hazard = Misread

/** How deep things may be nested. A test has a handful of levels at most. */
const deepest = 24
/** How many lines and items a file may hold; the largest catalogue has a tenth of it. */
const most = 20_000

const tooDeep = {
  message: `Things are nested more than ${deepest} deep.`,
  mend: 'A test has a handful of levels at most. Is a bracket missing?',
}

const tooMany = {
  message: `The file has more than ${most.toLocaleString('en-GB')} lines and items.`,
  mend: 'A rule fits on one screen. Was something pasted in by mistake?',
}

/** What would cost the parser too much, found before it is asked. */
export function costlyText(text: string): Misread | undefined {
  const dashes = new RegExp(`^[ ]*([-?:] +){${deepest}}`, 'm').exec(text)
  if (dashes) return { offset: dashes.index, ...tooDeep }
  let depth = 0
  let count = 0
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset]
    if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    if (isNewThing(text, offset)) count += 1
    if (depth > deepest) return { offset, ...tooDeep }
    if (count > most) return { offset, ...tooMany }
  }
  const directive = /^%/m.exec(text)
  return directive
    ? {
        offset: directive.index,
        message:
          'A line that starts with "%" is an instruction to the parser, which nothing here needs.',
        mend: 'Delete the line.',
      }
    : undefined
}

/** True where a line, a bracket, or an item of a list or a set of keys begins. */
function isNewThing(text: string, offset: number): boolean {
  const character = text.charAt(offset)
  return '\n,[{'.includes(character) || ('-?:'.includes(character) && text[offset + 1] === ' ')
}

/** What YAML allows and rule files do not: each kind is told once, where it first stands. */
export function hazardsOf(document: Document, text: string): Misread[] {
  const found = new Map<string, Misread>()
  const add = (hazard: Hazard | undefined, kind = hazard?.message) => {
    if (hazard && kind && !found.has(kind)) found.set(kind, hazard)
  }
  visit(document, (_key, node, ancestors) => {
    if (ancestors.length > deepest * 2) {
      add({ offset: startOf(node), ...tooDeep })
      return visit.BREAK
    }
    if (isPair(node)) add(keyHazard(node.key, node.value), 'key')
    if (isMap(node)) for (const hazard of repeatedKeys(node)) add(hazard)
    if (isNode(node)) add(nodeHazard(node, text))
    return undefined
  })
  return [...found.values()]
}

/** Anchors, aliases and tags, which stand before the thing they belong to. */
function nodeHazard(node: Node, text: string): Hazard | undefined {
  const before = (sign: string) => text.lastIndexOf(sign, startOf(node))
  if (isAlias(node)) return { offset: startOf(node), ...anchors }
  if (node.anchor !== undefined) return { offset: before('&'), ...anchors }
  return node.tag === undefined
    ? undefined
    : {
        offset: before(node.tag.startsWith('tag:') ? '!!' : '!'),
        message: 'Tags (!) are not used here.',
        mend: 'Write the plain value.',
      }
}

const anchors = {
  message: 'Anchors (&) and aliases (*) are not used here.',
  mend: 'Write the thing out where it is needed.',
}

function keyHazard(key: unknown, value: unknown): Hazard | undefined {
  if (!isScalar(key) || key.value === null)
    return {
      offset: startOf(key ?? value),
      message: 'A key is a word.',
      mend: 'Write key: value, with a word as the key.',
    }
  const name = String(key.value)
  return dangerousKeys.has(name)
    ? {
        offset: startOf(key),
        message: `The key "${name}" is never allowed.`,
        mend: 'Choose a plain name.',
      }
    : undefined
}

const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** The keys of a map that have stood there before. */
function repeatedKeys({ items }: { items: readonly { key: unknown }[] }): Hazard[] {
  const seen = new Set<string>()
  return items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : ''
    if (name === '' || !seen.has(name)) {
      seen.add(name)
      return []
    }
    return [
      {
        offset: startOf(key),
        message: `The key "${name}" stands twice.`,
        mend: 'Keep one of the two.',
      },
    ]
  })
}

const startOf = (node: unknown): number =>
  (node as { range?: [number, number, number] | null } | null)?.range?.[0] ?? 0
