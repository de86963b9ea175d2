import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { apiDescription } from '../../src/api/description.ts'
import { openDemonstration } from '../../src/casework/demonstration/open-demonstration.ts'
import { operations } from '../../src/http/operations.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { type Document, misfits, undescribed } from '../support/described.ts'
import { addressOf, type Route, routes } from '../support/faults-routes.ts'
import { siteOn } from '../support/faults-site.ts'
import { realPolicy } from '../support/real-rules.ts'
import { caseStore } from '../support/stores.ts'

const worked = 'docs/worked-case.yaml'
const read = readCase({ path: worked, bytes: readFileSync(worked) })
if (!read.ok) throw new Error('The worked case cannot be read.')
const ready = read.value
const policy = realPolicy()
const store = await caseStore()
const site = siteOn(store, 'd', {
  policy,
  demonstration: true,
  operations: operations(
    () => {},
    () => 0,
  ),
})
const document = site.app.getOpenAPI31Document(apiDescription) as unknown as Document

describe('an answer that holds what nobody described', () => {
  const root: Document = {
    paths: {},
    components: { schemas: { Named: { type: 'object', properties: { id: { type: 'string' } } } } },
  }
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Named' }],
    properties: { more: { type: ['string', 'null'] } },
    required: ['more'],
  }

  it.each<[string, unknown, string[]]>([
    ['nothing where all fits', { id: 'a1', more: null }, []],
    ['a key that is not described', { id: 'a1', more: 'x', name: 'x' }, ['/name is not described']],
    ['a key that is missing', { id: 'a1' }, ['/more is missing']],
    ['another type', { id: 1, more: 'x' }, ['/id is no string']],
  ])('is told: %s', (_, value, told) => {
    expect(misfits(root, schema, value, '')).toEqual(told)
  })
})

describe('every answer of a record with cases in many states', () => {
  let cases: string[] = []
  let clinics: string[] = []
  beforeAll(async () => {
    await openDemonstration(site.deps, ready, 26)
    const listed = await site.call({
      method: 'GET',
      path: '/v1/cases?limit=100',
      person: 'chair-1',
    })
    const all = ((await listed.json()) as { cases: { id: string; state: string }[] }).cases
    cases = [...new Map(all.map(({ id, state }) => [state, id])).values()]
    const held = await site.call({ method: 'GET', path: '/v1/clinics', person: 'chair-1' })
    clinics = ((await held.json()) as { clinics: { id: string }[] }).clinics.map(({ id }) => id)
    // A demonstration of 26 cases, each with its recommendations by the rules that Waymark ships.
  }, 120_000)

  const reading = routes.filter((route) => route.startsWith('GET /v1/'))
  const people = ['chair-1', 'practitioner-1', 'victim-liaison-1', 'scrutiny-1', 'auditor-1']

  it.each(reading)(
    '%s says what /openapi.json says that it says',
    async (route) => {
      const [method = '', path = ''] = route.split(' ')
      const operation = document.paths[path]?.[method.toLowerCase()]
      if (!operation) throw new Error(`${route} is not described.`)
      const told: string[] = []
      let answered = 0
      for (const person of people)
        for (const id of path.includes('/cases/') ? cases : ['none-1'])
          for (const clinic of path.includes('/clinics/') ? clinics : ['none-1']) {
            const at = addressOf(route as Route, { case: id, clinic, partnership: 'derby' })
            const answer = await site.call({ ...at, path: at.path + (queries[path] ?? ''), person })
            if (answer.status === 200) answered += 1
            for (const one of await undescribed(document, operation, answer)) told.push(one)
          }
      expect([...new Set(told.map((one) => one.replace(/\/\d+/g, '/*')))]).toEqual([])
      if (!unanswered.includes(path)) expect(answered).toBeGreaterThan(0)
    },
    60_000,
  )
})

const queries: Record<string, string> = {
  '/v1/chase-list': '?partnership=derby',
  '/v1/rule-sets/{partnership}/comparison': '?from=2026-01-01&to=2026-12-31',
}
/** The demonstration has one version of its rules and no such rule. */
const unanswered = [
  '/v1/rule-sets/{partnership}/rules/{area}/{name}',
  '/v1/rule-sets/{partnership}/versions/{digest}/comparison',
]
