import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'

/** One file of the rules folder as read from disk. */
export type SourceFile = { path: string; bytes: Uint8Array }

export type Path = readonly (string | number)[]

/** A parsed YAML file that can still say where each thing stands. */
export type YamlFile = {
  file: string
  value: unknown
  /** A problem at a place: of a key with `key`, else of its value. */
  problem(path: Path, message: string, mend?: string, at?: 'key' | 'value'): Problem
}

const largest = 256 * 1024
const deepest = 24
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads bytes as one YAML 1.2 document: UTF-8 without a byte order mark, at most 256 KiB, no
 * aliases, tags or repeated keys. Answers `yes`, `no` and dates stay text.
 */
export function readYaml({ path: file, bytes }: SourceFile): Result<YamlFile> {
  const text = readText(file, bytes)
  if (!text.ok) return text
  const lines = new LineCounter()
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  // The parser recurses, so brackets are counted before it sees them.
  if (bracketDepth(text.value) > deepest) return refuse(tooDeep(file))
  const document = parseDocument(text.value, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
  })
  const problems: Problem[] = document.errors.slice(0, 1).map((error) => ({
    ...at(error.pos[0]),
    ...(plainYamlErrors[error.code] ?? {
      message: `This is not YAML: ${firstLine(error.message)}`,
    }),
  }))
  visit(document, (_key, node, ancestors) => {
    if (ancestors.length > deepest * 2) {
      problems.push(tooDeep(file))
      return visit.BREAK
    }
    if (isAlias(node) || (!isPair(node) && (node as { anchor?: string })?.anchor))
      problems.push({
        ...at((node as { range: [number] }).range[0]),
        message: 'Anchors (&) and aliases (*) are not used in rule files.',
        mend: 'Write the thing out where it is needed.',
      })
    else if (!isPair(node) && (node as { tag?: string })?.tag)
      problems.push({
        ...at((node as { range: [number] }).range[0]),
        message: `Tags such as "${(node as { tag: string }).tag}" are not used in rule files.`,
        mend: 'Write the plain value.',
      })
    if (isPair(node) && isScalar(node.key) && dangerousKeys.has(String(node.key.value)))
      problems.push({
        ...at(node.key.range?.[0] ?? 0),
        message: `The key "${node.key.value}" is never allowed.`,
        mend: 'Choose a plain name.',
      })
    return undefined
  })
  if (problems.length > 0) return refuse(...problems)
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  if (value === null || value === undefined)
    return refuse({
      file,
      line: 1,
      column: 1,
      message: 'The file is empty.',
      mend: 'Copy a rule that is like yours, or delete the file.',
    })

  const offsetOf = (path: Path, where: 'key' | 'value'): number => {
    let node: unknown = document.contents
    let offset = 0
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step)
        if (!pair) break
        const key = pair.key as { range?: [number, number, number] }
        node = pair.value
        const own = (node as { range?: [number, number, number] } | null)?.range?.[0]
        offset = (last && where === 'key' ? key.range?.[0] : own) ?? key.range?.[0] ?? offset
      } else if (isSeq(node)) {
        node = node.items[Number(step)]
        offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset
      } else break
    }
    return offset
  }
  return fine({
    file,
    value,
    problem: (path, message, mend, where = 'value') => ({
      ...at(offsetOf(path, where)),
      message,
      ...(mend ? { mend } : {}),
    }),
  })
}

/** Bytes as text, or why they cannot be. Also used for CSV. */
export function readText(file: string, bytes: Uint8Array): Result<string> {
  const start = { file, line: 1, column: 1 }
  if (bytes.length > largest)
    return refuse({
      ...start,
      message: `The file is ${Math.ceil(bytes.length / 1024)} KiB; the most is 256 KiB.`,
      mend: 'A rule fits on one screen. Was something pasted in by mistake?',
    })
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe))
    return refuse({ ...start, message: 'The file is saved as UTF-16.', mend: 'Save it as UTF-8.' })
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return refuse({
      ...start,
      message: 'The file starts with a byte order mark.',
      mend: 'Save it as UTF-8 without "BOM".',
    })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse({
      ...start,
      message: 'The file is not UTF-8 text.',
      mend: 'Save it as UTF-8. Word processors and old editors may use another encoding.',
    })
  }
  // Control characters and marks that reorder text on the screen hide what a rule says.
  const hidden = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u.exec(text)
  if (hidden) {
    const before = text.slice(0, hidden.index)
    const code = hidden[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    return refuse({
      file,
      line: before.split('\n').length,
      column: before.length - before.lastIndexOf('\n'),
      message: `There is an invisible character (U+${code}) here.`,
      mend: 'Delete it and type the text again.',
    })
  }
  return fine(text)
}

function bracketDepth(text: string): number {
  let depth = 0
  let most = 0
  for (const character of text) {
    if (character === '[' || character === '{') most = Math.max(most, ++depth)
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
  }
  return most
}

const firstLine = (text: string) => text.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')

const tooDeep = (file: string): Problem => ({
  file,
  line: 1,
  column: 1,
  message: `Things are nested more than ${deepest} deep.`,
  mend: 'A test has a handful of levels at most. Is a bracket missing?',
})

const plainYamlErrors: Record<string, { message: string; mend: string }> = {
  DUPLICATE_KEY: {
    message: 'This key stands twice.',
    mend: 'Keep one of the two.',
  },
  MULTIPLE_DOCS: {
    message: 'There is a second document in this file (a line of "---").',
    mend: 'Put each rule in a file of its own.',
  },
  TAB_AS_INDENT: { message: 'This line is indented with a tab.', mend: 'Use two spaces.' },
  BAD_INDENT: {
    message: 'The indentation does not fit the lines above.',
    mend: 'Line things up that belong together, two spaces a level.',
  },
}
