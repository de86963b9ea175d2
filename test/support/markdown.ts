import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the tests are started from. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

const notOurs = new Set(['node_modules', 'dist', 'data', 'coverage'])

/** Every page of the project that is written in Markdown, as a path from its folder. */
export function markdownPages(folder = projectFolder): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !notOurs.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return markdownPages(path)
      return entry.name.endsWith('.md') ? [relative(projectFolder, path).split(sep).join('/')] : []
    })
    .sort()
}

export const readPage = (page: string): string => readFileSync(join(projectFolder, page), 'utf8')

/** A fenced block: its language and its text, without the indentation of the list it may stand in. */
export type Fence = { language: string; text: string; line: number }

/** The fenced blocks of a page, and the page without them (lines keep their numbers). */
export function fences(markdown: string): { blocks: Fence[]; rest: string } {
  const blocks: Fence[] = []
  let open: (Fence & { indent: number; lines: string[] }) | undefined
  const rest = markdown.split('\n').map((line, i) => {
    const fence = /^(\s*)```\s*(\S*)/.exec(line)
    if (open) {
      if (fence && fence[2] === '') {
        blocks.push({ language: open.language, line: open.line, text: open.lines.join('\n') })
        open = undefined
      } else open.lines.push(line.slice(Math.min(open.indent, line.search(/\S|$/))))
      return ''
    }
    if (!fence) return line
    const [, spaces = '', language = ''] = fence
    open = { language, line: i + 1, text: '', indent: spaces.length, lines: [] }
    return ''
  })
  if (open) throw new Error(`A fenced block that begins on line ${open.line} has no end.`)
  return { blocks, rest: rest.join('\n') }
}
