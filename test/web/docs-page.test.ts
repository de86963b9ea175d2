import { describe, expect, it } from 'vitest'
import { apiDescription } from '../../src/api/description.ts'
import { askedTypes } from '../../src/casework/asked.ts'
import { eventSays } from '../../src/domain/events.ts'
import { reasons } from '../../src/domain/reasons.ts'
import { docsPage, type OpenApiDocument } from '../../src/web/docs-page.ts'
import { formOf, rowsOf } from '../../src/web/schema-rows.ts'
import { siteOn } from '../support/faults-site.ts'
import { caseStore } from '../support/stores.ts'

const site = siteOn(await caseStore(), 'docs', { demonstration: true })
const page = docsPage(site.app.getOpenAPI31Document(apiDescription) as OpenApiDocument, true)
const calls = page.groups.flatMap((group) => group.calls)
const events = calls.find(({ path }) => path === '/v1/cases/{id}/events')?.body?.kinds ?? []

describe('the page about the HTTP interface', () => {
  it('has every event that may be asked for, with what it says', () => {
    expect(events.map(({ name }) => name).sort()).toEqual([...askedTypes].sort())
    expect(events.filter(({ name, says }) => says !== eventSays[name])).toEqual([])
  })

  it('says of the keys of an event which are needed, and which words they take', () => {
    const held = events.find(({ name }) => name === 'case.held')
    const keys = held?.keys.map(({ name, required, form }) => [name, required, form])
    expect(keys).toContainEqual(['reason', true, `one of: ${reasons.held.join(', ')}`])
    expect(keys).toContainEqual(['rule', false, 'text'])
    expect(keys?.map(([name]) => name)).not.toContain('type')
  })

  it('opens what is inside an event', () => {
    const decided = events.find(({ name }) => name === 'clinic.decided')
    const names = decided?.keys.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['decision', 'decision.chosen[]']))
    expect(names).toContain('decision.chosen[].disposal')
  })

  it('links every shape that it names to a place on the page', () => {
    const places = new Set(page.shapes.map(({ id }) => id))
    const links = [
      ...calls.flatMap(({ answers }) =>
        answers.flatMap((one) => ('link' in one ? [one.link] : [])),
      ),
      ...page.shapes.flatMap(({ rows }) =>
        rows.flatMap((row) => ('link' in row ? [row.link] : [])),
      ),
    ]
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter((link) => !places.has(link))).toEqual([])
  })

  it('leaves no call with a body that it says nothing of', () => {
    const bare = calls.filter(({ body }) => body && body.keys.length + body.kinds.length === 0)
    expect(bare.map(({ path }) => path)).toEqual(['/v1/recommendations/batch'])
  })
})

describe('a schema in words', () => {
  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: ['string', 'null'] }, 'text or null'],
    [{ enum: ['yes', 'no'] }, 'one of: yes, no'],
    [{ enum: ['yes'] }, '“yes”'],
    [{ const: true }, '“true”'],
    [{ type: 'array', items: { type: 'integer' } }, 'a list: a whole number'],
    [{ anyOf: [{ $ref: '#/components/schemas/Actor' }, { type: 'null' }] }, 'Actor or null'],
    [{}, 'anything'],
  ])('%j', (schema, words) => {
    expect(formOf(schema)).toBe(words)
  })

  it('opens lists and what may be null, and leaves a named shape closed', () => {
    const rows = rowsOf({
      properties: {
        list: { items: { properties: { inner: { type: 'string' } }, required: ['inner'] } },
        who: { anyOf: [{ $ref: '#/components/schemas/Actor' }, { type: 'null' }] },
      },
    })
    expect(rows.map(({ name, required, shape }) => [name, required, shape])).toEqual([
      ['list[]', false, undefined],
      ['list[].inner', true, undefined],
      ['who', false, 'Actor'],
    ])
  })
})
