import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'

/** The most that a file of the rules folder may hold. A rule fits on one screen. */
export const largestFile = 256 * 1024

/** Bytes as text that reads the same to a person and to the program, or why they cannot be. */
export function readText(file: string, bytes: Uint8Array): Result<string> {
  const start = { file, line: 1, column: 1 }
  if (bytes.length > largestFile) return refuse(tooLarge(file, bytes.length))
  if (isUtf16(bytes))
    return refuse({ ...start, message: 'The file is saved as UTF-16.', mend: 'Save it as UTF-8.' })
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return refuse({
      ...start,
      message: 'The file starts with a byte order mark.',
      mend: 'Save it as UTF-8 without "BOM".',
    })
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const problem = deceptions.map((one) => deceptionProblem(file, text, one)).find(Boolean)
  return problem ? refuse(problem) : fine(text)
}

/** The problem of a file over the limit, whose content nobody needs to read. */
export function tooLarge(file: string, size: number): Problem {
  return {
    file,
    line: 1,
    column: 1,
    message: `The file is ${Math.ceil(size / 1024)} KiB; the most is 256 KiB.`,
    mend: 'A rule fits on one screen. Was something pasted in by mistake?',
  }
}

/** True with a UTF-16 byte order mark, or where every other byte of the beginning is nought. */
function isUtf16([first, second, third, fourth]: Uint8Array): boolean {
  if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)) return true
  return (second === 0 && fourth === 0) || (first === 0 && third === 0)
}

const foreign = '(?![\\p{Script=Latin}\\p{Script=Common}\\p{Script=Inherited}])\\p{L}'
const ours = '[\\p{Script=Latin}_]'

type Deception = { find: RegExp; message(found: string): string; mend: string }

/** Characters that make a file read differently from what it says, the plainest cause first. */
const deceptions: readonly Deception[] = [
  {
    find: /\ufffd/u,
    message: () => 'The file is not UTF-8 text: a letter here cannot be read.',
    mend: 'Save it as UTF-8. Word processors and old editors may use another encoding.',
  },
  {
    find: /(?! )[\p{Zs}\u2028\u2029]/u,
    message: (found) => `There is a space of an unusual kind (${code(found)}) here.`,
    mend: 'Delete it and type an ordinary one. It often comes with text pasted from a web page.',
  },
  {
    find: /(?![\t\n\r])\p{Cc}|\p{Cf}|\r(?!\n)/u,
    message: (found) => `There is an invisible character (${code(found)}) here.`,
    mend: 'Delete it and type the text again.',
  },
  {
    // Letters of another alphabet inside a word of ours, such as a Cyrillic "a" in "age".
    find: new RegExp(`${foreign}(?=${ours}|\\.[a-z])|(?<=${ours}|[a-z]\\.)${foreign}`, 'u'),
    message: (found) => `The letter "${found}" (${code(found)}) is from another alphabet.`,
    mend: 'It only looks like the ordinary letter. Type the word again.',
  },
]

function deceptionProblem(file: string, text: string, one: Deception): Problem | undefined {
  const found = one.find.exec(text)
  if (!found) return undefined
  const before = text.slice(0, found.index)
  return {
    file,
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
    message: one.message(found[0]),
    mend: one.mend,
  }
}

const code = (character: string) =>
  `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
