import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type ServerType, serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inShort, recommend } from '../../examples/client.ts'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { recommendationSchema } from '../../src/domain/recommendation.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { asDemonstrated } from '../support/api.ts'
import { builtWaymark, start } from '../support/built.ts'
import { type Fence, fences, markdownPages, projectFolder, readPage } from '../support/markdown.ts'
import { realPolicy } from '../support/real-rules.ts'

const book = ruleBook(realPolicy(), evaluateByReference, () => '2026-11-02')
const { blocks } = fences(readPage('README.md'))
const block = (fits: (one: Fence) => boolean): string => {
  const found = blocks.find(fits)
  if (!found) throw new Error('README.md has lost one of its examples.')
  return found.text
}
const curl = block(({ text }) => text.startsWith('curl '))
const written = 'http://127.0.0.1:3000'

let server: ServerType
let address: string
beforeAll(async () => {
  address = await new Promise((resolve) => {
    server = serve(
      {
        fetch: createApi(book, { identify: asDemonstrated }).fetch,
        port: 0,
        hostname: '127.0.0.1',
      },
      (at) => resolve(`http://127.0.0.1:${(at as AddressInfo).port}`),
    )
  })
})
afterAll(() => new Promise((done) => server.close(done)))

describe('the examples of README.md work as they stand', () => {
  it('curl gets a recommendation', async () => {
    expect(curl).toContain(written)
    const { stdout } = await promisify(execFile)('sh', ['-c', curl.replace(written, address)], {
      maxBuffer: 64 * 1024 * 1024,
    })
    const recommendation = recommendationSchema.parse(JSON.parse(stdout))
    expect(recommendation.advisory).toBe(true)
    expect(recommendation.needToKnow.length).toBeGreaterThan(0)
  })

  it('the typed client gets the same, and is shown with the same referral', async () => {
    const body = curl.slice(curl.indexOf("'{") + 1, curl.lastIndexOf("'"))
    const recommendation = await recommend(JSON.parse(body), address)
    const lines = inShort(recommendation)
    expect(lines[0]).toBe('status: cannot-tell')
    expect(lines).toContain('offence 1, open: No further action')
    expect(lines.at(-1)).toMatch(/^ask /)

    const shown = block(({ language }) => language === 'ts')
    const client = readFileSync(join(projectFolder, 'examples/client.ts'), 'utf8')
    for (const name of ['inShort', 'recommend'])
      expect([shown, client]).toEqual([
        expect.stringContaining(name),
        expect.stringContaining(`export ${name === 'recommend' ? 'async ' : ''}function ${name}(`),
      ])
    for (const [, quoted = ''] of body.matchAll(/"([^"]+)"/g)) expect(shown).toContain(quoted)
  })

  it('the client says what is wrong, where it is wrong', async () => {
    const wrong = recommend({ partnership: 'derby', facts: { 'child.age_nw': 15 } }, address)
    await expect(wrong).rejects.toThrow('/facts/child.age_nw')
  })

  it.each(workedCaseCommands())('%s', async (command) => {
    const { code, said } = await typed(command)
    expect(code, said.join('\n')).toBe(0)
  })

  it('the worked case on the first screen is real output, in its order', async () => {
    const { said } = await typed('npx waymark recommend docs/worked-case.yaml')
    const real = said.join('\n').split('\n')
    const shown = block(({ language }) => language === 'text').split('\n')
    let at = -1
    for (const line of shown.filter((one) => one !== '…')) {
      at = real.indexOf(line, at + 1)
      expect(at, `README.md shows a line that is not printed: ${line}`).toBeGreaterThanOrEqual(0)
    }
  })

  it('the case file that README.md shows can be read', async () => {
    const text = block(({ text }) => text.startsWith('partnership:'))
    const read = readCase({ path: 'README.md', bytes: Buffer.from(text) })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    expect(await book.recommend(read.value)).toMatchObject({ ok: true })
  })

  it('the worked case is interesting: held for one view, open for an informal answer', async () => {
    const path = 'docs/worked-case.yaml'
    const read = readCase({ path, bytes: readFileSync(join(projectFolder, path)) })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const result = await book.recommend(read.value)
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const { status, offences, holds } = result.value
    expect(status).toBe('on-hold')
    expect(holds.map(({ rule }) => rule.id)).toEqual(['children-in-care/care-evidence-incomplete'])
    expect(offences[0]?.startingPoints.map(({ disposal, state }) => [disposal, state])).toEqual([
      ['diversionary-activity', 'starting-point'],
    ])
    const standings = offences[0]?.options.map(({ standing }) => standing)
    expect(new Set(standings)).toEqual(new Set(['open', 'ruled-out', 'cannot-tell']))
  })
})

/** Runs a command that a page shows, compiled, on the project's own files. */
async function typed(command: string): Promise<{ code: unknown; said: string[] }> {
  const words = command.split(/\s+/).slice(2)
  const { ended, said } = start(builtWaymark, ['bin/waymark.js', ...words])
  const code = await ended
  return { code, said: [said.out, said.error] }
}

/** What the pages tell people to run on the worked case. */
function workedCaseCommands(): string[] {
  const lines = markdownPages().flatMap((page) =>
    fences(readPage(page)).blocks.flatMap(({ text }) => text.split('\n')),
  )
  return [...new Set(lines)].filter((line) =>
    line.startsWith('npx waymark recommend docs/worked-case.yaml'),
  )
}
