import { type CsvError, parse } from 'csv-parse/sync'
import { didYouMean, fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import { type OffenceRow, offenceSchema } from './catalogue.ts'
import { readText } from './read-text.ts'
import { misfitWords } from './shape-words.ts'
import type { SourceFile } from './yaml-file.ts'

type Line = { record: Record<string, string>; info: { lines: number } }

const columns = Object.keys(offenceSchema.shape)

/** Reads `rules/offences.csv`, with the line of whatever is wrong. */
export function readOffences({ path: file, bytes }: SourceFile): Result<Map<string, OffenceRow>> {
  const text = readText(file, bytes)
  if (!text.ok) return text
  const heading = headingProblems(file, text.value)
  if (heading.length > 0) return refuse(...heading)
  let lines: Line[]
  try {
    lines = parse(text.value, { columns: true, skip_empty_lines: true, info: true })
  } catch (error) {
    return refuse(csvProblem(file, error as CsvError & { lines?: number }))
  }
  const offences = new Map<string, OffenceRow>()
  const problems = lines.flatMap(({ record, info }) => {
    const row = offenceSchema.safeParse(record)
    const at = { file, line: info.lines }
    if (!row.success) return row.error.issues.map((issue) => cellProblem(at, record, issue))
    if (offences.has(row.data.code))
      return [
        { ...at, message: `The offence code "${row.data.code}" stands twice.`, mend: 'Keep one.' },
      ]
    offences.set(row.data.code, row.data)
    return []
  })
  return problems.length > 0 ? refuse(...problems) : fine(offences)
}

/** The first line names the columns, each once; their order is free. */
function headingProblems(file: string, text: string): Problem[] {
  const written = (text.split(/\r?\n/, 1)[0] ?? '').split(',').map((one) => one.trim())
  const missing = columns.filter((column) => !written.includes(column))
  const unknown = written.filter((column) => !columns.includes(column))
  const twice = written.filter(
    (column, i) => columns.includes(column) && written.indexOf(column) < i,
  )
  const problems = [
    ...unknown.map((one) => `I don't know the column "${one}".${didYouMean(one, missing)}`),
    ...missing
      .filter((one) => unknown.every((other) => didYouMean(other, [one]) === ''))
      .map((one) => `The column "${one}" is missing.`),
    ...twice.map((one) => `The column "${one}" stands twice.`),
  ]
  return problems.map((message) => ({
    file,
    line: 1,
    message,
    mend: `The columns are: ${columns.join(', ')}.`,
  }))
}

function cellProblem(
  at: { file: string; line: number },
  record: Record<string, string>,
  issue: Parameters<typeof misfitWords>[0],
): Problem {
  const column = String(issue.path[0])
  const { message, mend } = misfitWords(issue, record[column])
  return { ...at, message: `"${column}" ${message}`, ...(mend ? { mend } : {}) }
}

function csvProblem(
  file: string,
  { code, lines, message }: CsvError & { lines?: number },
): Problem {
  const at = { file, line: lines ?? 1 }
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS')
    return {
      ...at,
      message: `This line does not have ${columns.length} cells, as the heading has.`,
      mend: 'A text with a comma in it stands in double quotation marks.',
    }
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return {
      ...at,
      message: 'A quotation mark is not closed.',
      mend: 'Close it; inside quotation marks write "" for one that is meant.',
    }
  if (code === 'CSV_INVALID_CLOSING_QUOTE')
    return {
      ...at,
      message: 'A quotation mark ends a text in the middle of a cell.',
      mend: 'One is missing on this line or the line before; one that is meant is written "".',
    }
  return { ...at, message: `This is not CSV: ${message}.` }
}
