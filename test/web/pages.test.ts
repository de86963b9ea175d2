import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleBook } from '../../src/api/rule-book.ts'
import { createApp } from '../../src/app.ts'
import type { WorkedCase } from '../../src/casework/demonstration/open-demonstration.ts'
import { type CaseInput, caseSchema } from '../../src/domain/case.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { readCase } from '../../src/rules/read-case.ts'
import type { RuleSet } from '../../src/rules/rule-set.ts'
import { styles } from '../../src/web/styles.ts'
import { fewRules, smallBook } from '../support/api.ts'
import { tagsOf, templates, wholeSite } from '../support/pages.ts'
import { policyWith } from '../support/policy-with.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'

const today = () => '2026-11-02'

async function stored(ruleSet: RuleSet, input: CaseInput): Promise<WorkedCase> {
  const given = caseSchema.parse(input)
  const made = await recommend(ruleSet, given, today(), evaluateCompiled)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  const { partnership } = given
  return { reference: 'DEMO-1', partnership, given, recommendation: made.value }
}

/** The site as it is served, with the worked case of docs/ on the real rules. */
const policy = realPolicy()
const path = 'docs/worked-case.yaml'
const workedCase = readCase({ path, bytes: readFileSync(path) })
if (!workedCase.ok) throw new Error(JSON.stringify(workedCase.problems))
const site = wholeSite({
  book: ruleBook(policy, evaluateCompiled, today),
  workedCase: await stored(ruleSetOf(policy, 'derby'), workedCase.value),
})
const pages = await Promise.all(
  ['/', '/docs', '/worked-case'].map(async (page) => {
    const answer = await site.request(page)
    return { page, answer, html: await answer.text() }
  }),
)
const pageOf = (wanted: string) => pages.find(({ page }) => page === wanted)?.html ?? ''

describe.each(pages)('the page $page', ({ answer, html }) => {
  const tags = tagsOf(html)
  const named = (...names: string[]) => tags.filter(({ name }) => names.includes(name))

  it('is a page in English with a title, a description of its width and one main part', () => {
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i)
    expect(html).toMatch(/^<!DOCTYPE html>/)
    expect(named('html')[0]?.attributes.lang).toBe('en')
    expect(html).toMatch(/<title>.+ – Waymark<\/title>/)
    expect(named('main')).toHaveLength(1)
  })

  it('has one first heading, and never skips a level after it', () => {
    const levels = named('h1', 'h2', 'h3', 'h4', 'h5', 'h6').map(({ name }) => Number(name[1]))
    expect(levels.filter((level) => level === 1)).toEqual([1])
    expect(levels[0]).toBe(1)
    const skipped = levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)
    expect(skipped).toEqual([])
  })

  it('has each id once, and lets a keyboard skip to its main part', () => {
    const ids = tags.flatMap(({ attributes }) => attributes.id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(named('a')[0]?.attributes).toMatchObject({ href: '#main', class: 'govuk-skip-link' })
    expect(ids).toContain('main')
  })

  it('has a heading for each column and row of its tables', () => {
    expect(
      named('th').every(({ attributes }) => ['col', 'row'].includes(attributes.scope ?? '')),
    ).toBe(true)
    expect(html.split('<table').length).toBe(html.split('<thead').length)
  })

  it('loads nothing from another host and runs nothing', () => {
    const loaded = tags.flatMap(({ name, attributes }) =>
      name === 'a' ? [] : [attributes.src, attributes.href, attributes.action, attributes.srcset],
    )
    expect(loaded.filter((to) => to !== undefined && !/^\/[a-z]/.test(to))).toEqual([])
    expect(named('script', 'iframe', 'object', 'embed', 'style', 'base')).toEqual([])
    const own = tags.flatMap(({ attributes }) => Object.keys(attributes))
    expect(own.filter((key) => key === 'style' || key.startsWith('on'))).toEqual([])
  })

  it('links to nothing that does not answer, and to no other host', async () => {
    const links = new Set(
      tags.flatMap(({ attributes }) => [attributes.href, attributes.src].flatMap((to) => to ?? [])),
    )
    for (const link of links) {
      if (link.startsWith('#')) {
        expect(html).toContain(`id="${link.slice(1)}"`)
      } else {
        expect(link).toMatch(/^\/(?!\/)/)
        expect([link, (await site.request(link)).status]).toEqual([link, 200])
      }
    }
  })

  it('says that it is a demonstration, and that people decide', () => {
    expect(html).toContain('<strong>Demonstration.</strong> Every person and case here is made up.')
    expect(html).toContain('people decide')
  })

  it('carries the security headers', () => {
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('the front page', () => {
  it('says of every rule set how many rules are in force and how many to check first', () => {
    for (const { title } of Object.values(policy.partnerships)) expect(pageOf('/')).toContain(title)
    expect(pageOf('/')).toContain('In force on 2 November 2026')
    const counts = [...pageOf('/').matchAll(/cell--numeric">(\d+)</g)].map(([, n]) => Number(n))
    expect(counts).toHaveLength(10)
    expect(counts.every((n, i) => i % 2 === 0 || n <= (counts[i - 1] ?? 0))).toBe(true)
    expect(counts[0]).toBeGreaterThan(200)
  })

  it('leads to the worked case where there is one, and does not where there is none', async () => {
    expect(pageOf('/')).toContain('href="/worked-case"')
    const without = await wholeSite().request('/')
    expect(await without.text()).not.toContain('href="/worked-case"')
  })
})

describe('the page about the HTTP interface', () => {
  it('shows every call with what it answers', async () => {
    const { paths } = (await (await site.request('/openapi.json')).json()) as {
      paths: Record<string, Record<string, { summary: string }>>
    }
    for (const [address, methods] of Object.entries(paths))
      for (const [method, { summary }] of Object.entries(methods)) {
        expect(pageOf('/docs')).toContain(`<code>${method.toUpperCase()} ${address}</code>`)
        expect(pageOf('/docs')).toContain(summary)
      }
  })

  it('has a how-to for each group of calls, and a link to each call from the top', async () => {
    const html = pageOf('/docs')
    const { tags, paths } = (await (await site.request('/openapi.json')).json()) as {
      tags: { name: string; description: string }[]
      paths: Record<string, Record<string, { tags: string[] }>>
    }
    const used = new Set(
      Object.values(paths).flatMap((one) => Object.values(one).flatMap((two) => two.tags)),
    )
    expect([...used].filter((tag) => !tags.some(({ name }) => name === tag))).toEqual([])
    for (const tag of used)
      expect(html).toContain(`<h2 class="govuk-heading-l" id="${tag.toLowerCase()}">${tag}</h2>`)
    const toCalls = tagsOf(html).filter(({ attributes }) =>
      /^#(get|post|put|delete)-/.test(attributes.href ?? ''),
    )
    expect(toCalls).toHaveLength(Object.values(paths).flatMap((one) => Object.keys(one)).length)
  })

  it('shows an example that the service answers', async () => {
    const [, body] = /-d (?:'|&#39;)(\{[\s\S]*?\})(?:'|&#39;)/.exec(pageOf('/docs')) ?? []
    const [, who = ''] = /authorization: ([A-Za-z]+ [a-z0-9-]+)/.exec(pageOf('/docs')) ?? []
    const answer = await site.request('/v1/recommendations', {
      method: 'POST',
      headers: { authorization: who, 'content-type': 'application/json' },
      body: String(body).replaceAll('&quot;', '"'),
    })
    expect(answer.status).toBe(200)
  })
})

describe('the worked case', () => {
  it('shows every option in its order, with its standing in words, and marks none', () => {
    const titles = policy.disposals.map(({ title }) => title)
    const at = titles.map((title) => pageOf('/worked-case').indexOf(`${title}</th>`))
    expect(at.every((place) => place > 0)).toBe(true)
    expect([...at].sort((a, b) => a - b)).toEqual(at)
    const held = pageOf('/worked-case').match(/govuk-tag--orange[^>]*>\s*On hold\s*</g)
    expect(held).toHaveLength(4)
    expect(pageOf('/worked-case')).toMatch(/govuk-tag--green[^>]*>\s*Open\s*</)
    const controls = tagsOf(pageOf('/worked-case')).filter(({ name }) =>
      ['form', 'input', 'select', 'option'].includes(name),
    )
    expect(controls).toEqual([])
  })

  it('shows what was known, and that the rest was not taken as "no"', () => {
    expect(pageOf('/worked-case')).toContain('The child&#39;s care status')
    expect(pageOf('/worked-case')).toContain('looked after')
    expect(pageOf('/worked-case')).not.toMatch(/undefined|\[object Object\]|NaN/)
  })

  it('is not there where there is no demonstration', async () => {
    const answer = await wholeSite({ demonstration: false }).request('/worked-case')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ type: 'urn:waymark:problem:not-found' })
  })
})

describe('a page whose referral or rules hold HTML', () => {
  const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(1)>'&amp;{{ 7 * 7 }}{% raw %}`
  const told =
    /&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&gt;&lt;img src=x onerror=alert\(1\)&gt;&#39;&amp;amp;\{\{ 7 \* 7 \}\}/

  it('shows it as it was written, and does nothing with it', async () => {
    const [first, ...others] = fewRules
    if (!first) throw new Error('There is no rule.')
    const rules = policyWith([{ ...first, title: hostile, because: hostile }, ...others])
    const referral = await stored(ruleSetOf(rules, 'derby'), {
      partnership: 'derby',
      facts: { 'child.responsible_authority': hostile, 'child.age_at_offence': 9 },
      victims: [{ facts: { 'victim.view': hostile } }],
      notKnown: { 'child.care_status': hostile },
    })
    const book = ruleBook(rules, evaluateCompiled, today)
    const answer = await wholeSite({
      book,
      workedCase: { ...referral, reference: hostile },
    }).request('/worked-case')
    const html = await answer.text()
    expect(html).toMatch(told)
    expect(html).not.toMatch(/<script|<img/)
    expect(tagsOf(html).filter(({ name }) => name === 'script')).toEqual([])
  })
})

describe('a site without demonstration', () => {
  it('does not say that it is one', async () => {
    const plain = wholeSite({ demonstration: false })
    for (const page of ['/', '/docs'])
      expect(await (await plain.request(page)).text()).not.toContain('Demonstration')
  })

  it('says what runs here even where no rule is in force', async () => {
    const answer = await wholeSite({ book: smallBook() }).request('/')
    expect(answer.status).toBe(200)
  })
})

describe('the styles', () => {
  it('print without what only a screen needs', async () => {
    const answer = await site.request('/assets/waymark.css')
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
    const css = await answer.text()
    const print = css.slice(css.lastIndexOf('@media print'))
    expect(print).toContain('.waymark-no-print')
    expect(print).toMatch(/display: none/)
    expect(print).toContain('.waymark-print-open::details-content')
  })

  it('load no typeface and nothing from another host, and leave out what is GOV.UK’s alone', async () => {
    const css = await (await site.request('/assets/waymark.css')).text()
    expect(css).not.toMatch(/@font-face|GDS Transport|@import|sourceMappingURL/)
    const loaded = [...css.matchAll(/url\(([^)]*)\)/g)].map(([, to]) => to ?? '')
    expect(loaded.filter((to) => /^["']?(https?:)?\/\//.test(to))).toEqual([])
  })

  it('keep everything else of the design system', () => {
    const govuk =
      '@font-face{font-family:"GDS Transport";src:url(x)}a{color:red;font-family:"GDS Transport",arial}/*# sourceMappingURL=x.map */'
    expect(styles(govuk, 'b{}')).toBe('a{color:red;font-family:arial}\nb{}')
  })

  it('may be kept for an hour, while a page is never kept', async () => {
    const cached = async (page: string) => (await site.request(page)).headers.get('cache-control')
    expect(await cached('/assets/waymark.css')).toBe('public, max-age=3600')
    expect(await cached('/')).toBe('no-store')
    expect(await cached('/worked-case')).toBe('no-store')
  })
})

describe('the worked case', () => {
  it('is read once however many look at it, and again when something happened to it', async () => {
    const book = ruleBook(policy, evaluateCompiled, today)
    if (!workedCase.ok) throw new Error('There is no worked case.')
    const shown = await stored(ruleSetOf(policy, 'derby'), workedCase.value)
    const case1 = { version: '1', reads: 0 }
    const app = createApp(
      book,
      { demonstration: true },
      {
        css: '',
        templates,
        workedCase: {
          version: async () => case1.version,
          read: async () => {
            case1.reads += 1
            return shown
          },
        },
      },
    )
    const look = async () => (await app.request('/worked-case')).status
    expect(await Promise.all([look(), look(), look()])).toEqual([200, 200, 200])
    expect(case1.reads).toBe(1)
    case1.version = '2'
    expect([await look(), await look(), case1.reads]).toEqual([200, 200, 2])
  })
})
