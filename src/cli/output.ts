import { createColors } from 'picocolors'
import type { Problem } from '../domain/problem.ts'

/** Where a command writes and what it may use; only main.ts fills it from the real process. */
export type Console = {
  out(text: string): void
  error(text: string): void
  /** Colour only on a terminal. */
  colour: boolean
  /** Today in Europe/London, read once by main.ts. */
  today: string
  /** All of standard input, as bytes: whether they are text is checked as for a file. */
  readInput(): Promise<Uint8Array>
}

/** Exit codes: 0 fine, 1 problems found, 2 wrong use. */
export type ExitCode = 0 | 1 | 2

export const colours = (console: Console) => createColors(console.colour)

/** A problem as a colleague would say it: where, what, how to mend it. */
export function problemText(problem: Problem): string {
  const place = problem.file
    ? [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':')
    : (problem.pointer ?? '')
  const said = [problem.message, problem.mend].filter((part) => part !== undefined)
  return [...(place ? [place] : []), ...said.map((line) => `  ${line}`)].join('\n')
}

/** Prints problems for people, or as JSON. */
export function printProblems(
  console: Console,
  problems: readonly Problem[],
  json: boolean,
): ExitCode {
  if (json) console.out(JSON.stringify({ ok: false, problems }, null, 2))
  else {
    for (const problem of problems) console.error(`${problemText(problem)}\n`)
    console.error(problems.length === 1 ? '1 problem.' : `${problems.length} problems.`)
  }
  return 1
}

/** Folds a long text to lines of at most `width`; lines after the first are indented by `hang`. */
export function fold(text: string, indent = '', width = 96, hang = indent): string {
  const lines: string[] = []
  let line = indent
  let empty = true
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!empty && line.length + word.length + 1 > width) {
      lines.push(line)
      line = hang
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  if (!empty) lines.push(line)
  return lines.join('\n')
}
