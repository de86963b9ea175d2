import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routesWithoutPolicy } from '../../src/access/routes.ts'
import { copyOfWaymark, start } from '../support/built.ts'
import { smallRules } from '../support/console.ts'
import { siteOn } from '../support/faults-site.ts'
import { caseStore } from '../support/stores.ts'

let root = ''
let remove = () => {}
beforeAll(() => {
  ;({ root, remove } = copyOfWaymark())
})
afterAll(() => remove())

/** Starts the compiled service, which is expected to end by itself. */
async function refused(environment: Record<string, string>) {
  const one = start(root, ['dist/src/server.js'], {
    PORT: '0',
    WAYMARK_DEMO: '0',
    WAYMARK_RULES: smallRules,
    WAYMARK_DATABASE: join(root, 'data/waymark.db'),
    ...environment,
  })
  const ended = await Promise.race([
    one.ended,
    one.says(/answers at/).then(
      () => 'it answers',
      () => one.ended,
    ),
  ])
  one.child.kill('SIGKILL')
  await one.ended
  return { ended, says: one.said.error, out: one.said.out }
}

describe('the service does not start', () => {
  it.each(['0.0.0.0', '::'])('with a demonstration on %s', async (host) => {
    const { ended, says, out } = await refused({ WAYMARK_DEMO: '1', WAYMARK_HOST: host })
    expect([ended, out]).toEqual([1, ''])
    expect(says).toContain(`Demonstration data is shown on this machine alone, not on ${host}.`)
  })

  it('with a demonstration and an issuer of its own', async () => {
    const { ended } = await refused({
      WAYMARK_DEMO: '1',
      WAYMARK_ISSUER: 'https://issuer.example',
      WAYMARK_ADDRESS: 'https://waymark.example',
    })
    expect(ended).toBe(1)
  })

  it('with a route that has no policy, and never answers it; without that route it starts', async () => {
    expect((await refused({})).ended).toBe('it answers')
    const pages = join(root, 'dist/src/web/pages.js')
    const whole = readFileSync(pages, 'utf8')
    writeFileSync(
      pages,
      whole.replace(
        'return app;',
        "app.get('/v1/secrets', (c) => c.text('a secret'));\n    return app;",
      ),
    )
    const { ended, says, out } = await refused({})
    writeFileSync(pages, whole)
    expect([ended, out]).toEqual([1, ''])
    expect(says).toContain('These routes have no policy: GET /v1/secrets.')
  })
})

describe('a route without a policy', () => {
  it('is found among the routes of the whole interface', async () => {
    const store = await caseStore()
    const { app } = siteOn(store, 'a', { demonstration: true })
    expect(routesWithoutPolicy(app.routes)).toEqual([])
    app.get('/v1/secrets', (c) => c.text('a secret'))
    expect(routesWithoutPolicy(app.routes)).toEqual(['GET /v1/secrets'])
    await store.close()
  })

  it('does not answer, although it is there', async () => {
    const store = await caseStore()
    const site = siteOn(store, 'a')
    site.app.get('/v1/secrets', (c) => c.text('a secret'))
    for (const person of [undefined, 'administrator-1', 'inspector-1']) {
      const answer = await site.call({ method: 'GET', path: '/v1/secrets', person })
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.not.stringContaining('a secret'),
      ])
    }
    await store.close()
  })
})
