import { execFile } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { type ServerType, serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { caseworkOn } from '../support/casework.ts'
import { fences, projectFolder, readPage } from '../support/markdown.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()
const day = '2026-11-22'
const work = await caseworkOn(policy, day)
const written = 'http://127.0.0.1:3000'
const walk = fences(readPage('README.md')).blocks.find(({ text }) => text.startsWith('waymark='))

let server: ServerType
let said: string[] = []
/** What the same walk-through says on the same record when it is done again, two seconds later. */
let again: string[] = []
beforeAll(async () => {
  const app = createApi(
    ruleBook(policy, evaluateCompiled, () => day),
    {
      casework: work.deps,
      identify: asDemonstrated,
      demonstration: true,
    },
  )
  const address: string = await new Promise((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (at) =>
      resolve(`http://127.0.0.1:${(at as AddressInfo).port}`),
    )
  })
  said = await walked(address, 1_795_305_600)
  again = await walked(address, 1_795_305_602)
  // Twice the whole life of a case, each of its calls as a process of its own.
}, 60_000)
afterAll(() => new Promise((done) => server.close(done)))

/** Does the walk-through by a clock that stands at `seconds`. @returns the answers it shows */
async function walked(address: string, seconds: number): Promise<string[]> {
  const clock = `date() { [ "$1" = +%F ] && echo ${day} || echo ${seconds}; }\n`
  const script = clock + (walk?.text ?? '').replace(written, address)
  const options = { cwd: projectFolder, maxBuffer: 64 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)('sh', ['-c', script], options)
  return stdout.split('\n').filter((line) => line.startsWith('{'))
}

/** What each call of the walk-through answered, in order. */
const answers = (lines = said) => lines.map((line) => JSON.parse(line) as Record<string, unknown>)
const states = (lines: string[]) => answers(lines).map(({ state, status }) => state ?? status)

describe('the walk-through of README.md', () => {
  it('goes from a referral to a decision that two people have confirmed', () => {
    expect(states(said)).toEqual([
      'preparing',
      'planned',
      'listed',
      'open',
      'inClinic',
      409,
      'inClinic',
      'decided',
      'decided',
      'decided',
      undefined,
      undefined,
    ])
  })

  it('goes the same way when it is done again', () => {
    expect(states(again)).toEqual(states(said))
  })

  it('stops with what was answered where there is no case', async () => {
    const nowhere = 'http://127.0.0.1:9'
    await expect(walked(nowhere, 1_795_305_604)).rejects.toThrow('The referral was not taken')
  })

  it('is told what is missing before the decision can be taken down', () => {
    const refused = answers().find(({ status }) => status === 409) as {
      blockedBy: { id: string }[]
    }
    expect(refused.blockedBy.map(({ id }) => id)).toEqual([
      'safety/keeping-others-safe',
      'safety/safety-summary-shared',
    ])
  })

  it('ends with the story in plain words, and with who looked', () => {
    const [story, log] = answers().slice(-2) as [
      { sections: { sentences: string[] }[] },
      { entries: { actor: { person: string } }[] },
    ]
    expect(story.sections[0]?.sentences[0]).toContain('22 November 2026')
    const people = log.entries.map(({ actor }) => actor.person)
    expect(people).toEqual(expect.arrayContaining(['officer-1', 'chair-1', 'inspector-1']))
  })

  it('leaves a case each time, whose two confirmations are of two people', async () => {
    const listed = await work.store.list(
      { scopes: [{ partnership: 'derby' }], limit: 10 },
      {
        actor: { person: 'auditor-1', role: 'auditor', agency: 'partnership' },
        at: '2026-11-22T12:00:00.000Z',
        action: 'case.list',
        requestId: 'request-1',
      },
    )
    expect(listed.map(({ row }) => row.reference).sort()).toEqual([
      'WALK-1795305600',
      'WALK-1795305602',
    ])
    for (const { row } of listed)
      expect(row.snapshot.context).toMatchObject({
        decision: { chair: 'chair-1', police: 'inspector-1' },
      })
  })
})
