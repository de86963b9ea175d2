import { type Document, isAlias, isMap, isPair, isScalar, type Node, visit } from 'yaml'
import type { Misread } from './yaml-errors.ts'

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
        message: 'A line that starts with "%" is an instruction to the parser, which no rule needs.',
        mend: 'Delete the line.',
      }
    : undefined
}

/** True where a line, a bracket, or an item of a list or a set of keys begins. */
function isNewThing(text: string, offset: number): boolean {
  const character = text.charAt(offset)
  return '\n,[{'.includes(character) || ('-?:'.includes(character) && text[offset + 1] === ' ')
}

/** What YAML allows and rule files do not: each kind is told once. */
export function hazardsOf(document: Document): Misread[] {
  const found = new Map<string, Misread>()
  const add = (node: unknown, message: string, mend: string) => {
    if (!found.has(message)) found.set(message, { offset: startOf(node), message, mend })
  }
  visit(document, (_key, node, ancestors) => {
    if (ancestors.length > deepest * 2) {
      add(node, tooDeep.message, tooDeep.mend)
      return visit.BREAK
    }
    if (isMap(node)) for (const pair of repeatedKeys(node)) add(pair.key, ...twice(pair))
    if (isPair(node)) {
      if (!isScalar(node.key) || node.key.value === null)
        add(node.key ?? node.value, 'A key is a word.', 'Write key: value, with a word as the key.')
      else if (dangerousKeys.has(String(node.key.value)))
        add(node.key, `The key "${node.key.value}" is never allowed.`, 'Choose a plain name.')
      return undefined
    }
    const { anchor, tag } = node as { anchor?: string; tag?: string }
    if (isAlias(node) || anchor)
      add(
        node,
        'Anchors (&) and aliases (*) are not used in rule files.',
        'Write the thing out where it is needed.',
      )
    else if (tag)
      add(node, `Tags such as "${tag}" are not used in rule files.`, 'Write the plain value.')
    return undefined
  })
  return [...found.values()]
}

const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype'])

type KeyAndValue = { key: unknown }

/** The pairs of a map whose key has stood there before. */
function repeatedKeys({ items }: { items: readonly KeyAndValue[] }): KeyAndValue[] {
  const seen = new Set<string>()
  return items.filter(({ key }) => {
    const name = String(isScalar(key) ? key.value : key)
    const before = seen.has(name)
    seen.add(name)
    return before
  })
}

const twice = ({ key }: KeyAndValue): [string, string] => [
  `The key "${isScalar(key) ? key.value : ''}" stands twice.`,
  'Keep one of the two.',
]

const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0
