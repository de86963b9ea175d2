import { type Document, isCollection, isScalar, visit, type YAMLParseError } from 'yaml'

/** Where in the text an error stands, what it means to someone who writes rules, how to mend it. */
export type Misread = { offset: number; message: string; mend: string }

/**
 * The one error to tell of a document that the parser could not read. What it says after the first
 * follows from it, but sometimes points nearer to the cause.
 */
export function misreadOf(document: Document, text: string): Misread | undefined {
  const [first, ...others] = document.errors
  if (!first) return undefined
  const tab = [first, ...others].find(({ pos }) => startsWithTab(text, pos[0]))
  if (tab) return { offset: lineStart(text, tab.pos[0]), ...words.tab }
  const opened = openedAt(document, first)
  if (opened !== undefined)
    return {
      offset: opened,
      message: `The ${text[opened]} that is opened here is not closed.`,
      mend: 'Look from here for the place where its partner is missing.',
    }
  if (first.message.startsWith('A block sequence may not')) {
    const after = others.find(({ code }) => code === 'MULTILINE_IMPLICIT_KEY') ?? first
    return { offset: after.pos[0], ...words.indentation }
  }
  return { offset: first.pos[0], ...wordsFor(first, others, text) }
}

type Words = Omit<Misread, 'offset'>

const words = {
  tab: { message: 'This line is indented with a tab.', mend: 'Use two spaces.' },
  indentation: {
    message: 'The indentation does not fit the lines above.',
    mend: 'Line things up that belong together, two spaces a level.',
  },
  secondDocument: {
    message: 'There is a second document in this file (a line of "---").',
    mend: 'Put each in a file of its own.',
  },
  indentedFurther: {
    message: 'The line after this one is indented too far.',
    mend: 'Line things up that belong together, two spaces a level.',
  },
  secondColon: {
    message: 'Here are two colons in one line.',
    mend: 'A text with a colon and a space in it needs quotation marks; a dash needs a space after it.',
  },
  missingComma: {
    message: 'Inside { } a comma is missing before this colon.',
    mend: 'Put one between the two keys. A text with a colon in it needs quotation marks.',
  },
  noKey: {
    message: 'This line is neither a key with its value nor part of the text above.',
    mend: 'Write key: value, with a space after the colon, or line it up with the text it continues.',
  },
  closesNothing: {
    message: 'This closes a bracket or brace that was never opened.',
    mend: 'Delete it, or open one before it.',
  },
  afterQuotes: {
    message: 'Nothing may stand after the closing quotation mark.',
    mend: "Put quotes around the whole text. Inside 'single' quotes an apostrophe is written twice.",
  },
  folded: {
    message: 'After ">" the text begins on the next line.',
    mend: 'Start a new line, two spaces in.',
  },
  backslash: {
    message: 'In quotation marks a backslash has a meaning of its own.',
    mend: 'Leave the backslash out, or write it twice.',
  },
} satisfies Record<string, Words>

function wordsFor({ code, message, pos }: YAMLParseError, others: YAMLParseError[], text: string) {
  const said = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''
  const runsOn = others.some((other) => other.code === 'MULTILINE_IMPLICIT_KEY')
  if (code === 'MULTIPLE_DOCS') return words.secondDocument
  if (code === 'BAD_INDENT') return words.indentation
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return runsOn ? words.indentedFurther : words.secondColon
  if (code === 'BLOCK_IN_FLOW') return words.missingComma
  if (code === 'MULTILINE_IMPLICIT_KEY' || said.startsWith('Implicit')) return words.noKey
  if (/flow-(map|seq)-end/.test(said)) return words.closesNothing
  if (said.endsWith('at node end')) return words.afterQuotes
  if (said.startsWith('Not a YAML token')) return words.folded
  if (code === 'BAD_DQ_ESCAPE') return words.backslash
  if (code === 'BAD_SCALAR_START')
    return {
      message: `A text cannot start with ${text[pos[0]]}`,
      mend: 'Put quotes around the whole text.',
    }
  return {
    message: `This is not YAML: ${said}.`,
    mend: 'Compare it with a rule that is like it, line by line.',
  }
}

const lineStart = (text: string, offset: number) => text.lastIndexOf('\n', offset - 1) + 1

const startsWithTab = (text: string, offset: number) =>
  /^ *\t/.test(text.slice(lineStart(text, offset), offset + 2))

/** Where the quotation mark, brace or bracket was opened that this error misses the end of. */
function openedAt(document: Document, { code, message, pos }: YAMLParseError): number | undefined {
  const quote = code === 'MISSING_CHAR' && message.includes('quote')
  const flow = /^Flow (map|sequence)/.test(message)
  if (!quote && !flow) return undefined
  let opened: number | undefined
  visit(document, (_key, node) => {
    const range = (node as { range?: [number, number, number] | null } | null)?.range
    if (!range || range[0] >= pos[0] || range[2] < pos[0]) return
    if (quote && isScalar(node) && node.type?.startsWith('QUOTE')) opened = range[0]
    if (flow && isCollection(node) && node.flow) opened = range[0]
  })
  return opened
}
