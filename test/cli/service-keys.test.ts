import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtWaymark, start } from '../support/built.ts'

const own = mkdtempSync(join(tmpdir(), 'waymark-service-keys-'))
const database = join(own, 'waymark.db')

/** What a command of the compiled program said, and how it ended. */
async function waymark(...argv: string[]) {
  const environment = { WAYMARK_DEMO: '0', WAYMARK_DATABASE: database }
  const one = start(builtWaymark, ['bin/waymark.js', ...argv], environment)
  const code = await one.ended
  return { code, ...one.said }
}
const make = (...more: string[]) =>
  waymark('service-key', 'make', '--system', 'police-records-1', '--partnership', 'derby', ...more)

beforeAll(async () => {
  expect((await waymark('db', 'migrate')).code).toBe(0)
})
afterAll(() => rmSync(own, { recursive: true }))

describe('waymark service-key, on a record', () => {
  it('makes a key for partnerships of the rules folder, and lists it without what is secret', async () => {
    const made = await make('--partnership', 'west-mercia')
    expect(made).toMatchObject({ code: 0, error: '' })
    const [, id = '', secret = ''] = /^wmk_([0-9a-f]{16})_([0-9a-f]{64})$/m.exec(made.out) ?? []
    const listed = await waymark('service-key', 'list')
    expect(listed.out).toContain(
      `${id}  police-records-1  good\n  service for police in derby; service for police in west-mercia`,
    )
    expect(secret).toHaveLength(64)
    expect(listed.out).not.toContain(secret)
  })

  it.each([
    ['a partnership that is not there', ['--partnership', 'no-such-place'], 'no-such-place'],
    ['a system called as a person is', ['--system', 'chair-1'], 'id that a person has'],
    ['an area that is none', ['--area', '*'], 'An area is written'],
  ])('makes none for %s, and says why', async (_, more, why) => {
    const before = (await waymark('service-key', 'list')).out
    const refused = await make(...more)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.error).toContain(why)
    expect((await waymark('service-key', 'list')).out).toBe(before)
  })

  it('makes none in a database that is not there, and makes no such database', async () => {
    const typo = join(own, 'waymrak.db')
    for (const argv of [['make', '--system', 'x-1', '--partnership', 'derby'], ['list']]) {
      const refused = await waymark('service-key', ...argv, '--database', typo)
      expect([refused.code, refused.out]).toEqual([1, ''])
      expect(refused.error).toContain('There is no database')
    }
    expect(existsSync(typo)).toBe(false)
  })
})
