import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type RecordTools, run } from '../../src/cli/program.ts'
import { fences, markdownPages, projectFolder, readPage } from '../support/markdown.ts'

const pages = markdownPages()

describe('every relative link of a page leads somewhere', () => {
  it.each(pages)('%s', (page) => {
    expect(linksOf(readPage(page)).flatMap((link) => brokenBecause(page, link))).toEqual([])
  })
})

/** The commands on the record are there too; asked for help, they touch nothing. */
const recordTools = { database: 'data/waymark.db' } as RecordTools

describe('every command that a page tells people to type is there', () => {
  it.each(pages)('%s', async (page) => {
    const commands = fences(readPage(page))
      .blocks.filter(({ language }) => language === 'sh' || language === 'bash')
      .flatMap(({ text }) => commandsIn(text))
    const wrong = await Promise.all(commands.map(notThereBecause))
    expect(wrong.flat()).toEqual([])
  })
})

it('a broken link, a broken anchor and a command that is not there are noticed', async () => {
  expect(linksOf('[a](b.md "title") and ![c](<d e.png>)\n\n[f]: g.md\n`[not](one)`')).toEqual([
    'b.md',
    'd e.png',
    'g.md',
  ])
  expect(brokenBecause('README.md', 'no-such-page.md')).toHaveLength(1)
  expect(brokenBecause('rules/README.md', '../README.md#no-such-heading')).toHaveLength(1)
  expect(brokenBecause('rules/README.md', '#effects')).toEqual([])
  expect(await notThereBecause('npm run no-such-script')).toHaveLength(1)
  expect(await notThereBecause('npx waymark rules chekc')).toHaveLength(1)
  expect(await notThereBecause('npx waymark rules check --no-such-option')).toHaveLength(1)
  expect(await notThereBecause('npx waymark rules check --rules /tmp/practice')).toEqual([])
})

/** The targets of a page's links and pictures, leaving out what stands in code. */
function linksOf(markdown: string): string[] {
  const text = fences(markdown).rest.replace(/`[^`\n]*`/g, '')
  const inline = text.matchAll(/\]\(\s*(?:<([^>]*)>|([^)\s]*))(?:\s+"[^"]*")?\s*\)/g)
  const named = text.matchAll(/^ {0,3}\[[^\]]+\]:\s*(\S+)/gm)
  return [...[...inline].map((found) => found[1] ?? found[2]), ...[...named].map(([, to]) => to)]
    .filter((target): target is string => target !== undefined)
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
}

function brokenBecause(page: string, link: string): string[] {
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path))
  const onDisk = join(projectFolder, target)
  if (target.startsWith('..') || !existsSync(onDisk)) return [`${link}: there is no ${target}`]
  if (!anchor) return []
  if (statSync(onDisk).isDirectory() || !target.endsWith('.md'))
    return [`${link}: only pages have headings`]
  return anchorsOf(readPage(target)).includes(anchor)
    ? []
    : [`${link}: ${target} has no heading "${anchor}"`]
}

/** The anchors of a page's headings, named as GitHub names them. */
function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>()
  return [...fences(markdown).rest.matchAll(/^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/gm)].map(
    ([, heading = '']) => {
      const slug = heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-')
      const before = seen.get(slug) ?? 0
      seen.set(slug, before + 1)
      return before === 0 ? slug : `${slug}-${before}`
    },
  )
}

/** The commands of a block, each on one line, split where the shell would start another. */
const commandsIn = (text: string): string[] =>
  text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => line.split(/&&|;|\|/))
    .map((command) => command.trim())
    .filter(Boolean)

async function notThereBecause(command: string): Promise<string[]> {
  const [program, first = '', ...rest] = command.split(/\s+/)
  if (program === 'npm' && first === 'run') return noScript(rest[0] ?? '')
  if (program === 'npm' && (first === 'test' || first === 'start')) return noScript(first)
  if (program === 'npx' && first === 'waymark') return notACommand(rest)
  return []
}

const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const noScript = (name: string): string[] =>
  Object.hasOwn(scripts, name) ? [] : [`package.json has no script "${name}"`]

/** Goes down the commands by their own help, and then looks for each option in it. */
async function notACommand(words: readonly string[]): Promise<string[]> {
  const path: string[] = []
  let help = await helpOf(path)
  for (const word of words) {
    const commands = commandsOf(help)
    if (commands.length === 0 || word.startsWith('-')) break
    if (!commands.includes(word)) return [`waymark ${path.join(' ')} has no command "${word}"`]
    path.push(word)
    help = await helpOf(path)
  }
  return words
    .slice(path.length)
    .filter((word) => word.startsWith('--') && !help.includes(word.split('=')[0] ?? word))
    .map((option) => `waymark ${path.join(' ')} has no option "${option}"`)
}

async function helpOf(path: readonly string[]): Promise<string> {
  const said: string[] = []
  await run(
    [...path, '--help'],
    {
      out: (text) => said.push(text),
      error: (text) => said.push(text),
      colour: false,
      today: '2026-11-02',
      readInput: async () => new Uint8Array(),
    },
    recordTools,
  )
  return said.join('\n')
}

const commandsOf = (help: string): string[] =>
  [...(help.split(/^Commands:$/m)[1] ?? '').matchAll(/^ {2}(\w[\w-]*)/gm)].map(
    ([, name = '']) => name,
  )
