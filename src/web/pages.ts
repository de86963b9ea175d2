import { Hono } from 'hono'
import type { WorkedCase } from '../casework/demonstration/open-demonstration.ts'
import { inWords } from '../domain/plain-date.ts'
import { confirmationOf } from '../rules/citation.ts'
import { type RuleSet, rulesInForce } from '../rules/rule-set.ts'
import { docsPage, type OpenApiDocument } from './docs-page.ts'
import { environment } from './environment.ts'
import { workedCasePage } from './worked-case-page.ts'

/** What the pages are made from. Files are read by the composition root and handed in. */
export type PageSources = {
  ruleSets: () => readonly RuleSet[]
  today(): string
  /** The made-up referral of the demonstration, where there is one. */
  workedCase(): Promise<WorkedCase | undefined>
  openApi(): OpenApiDocument
  demonstration: boolean
  /** Whether people can sign in here; not where left out. */
  signIn?: boolean
  css: string
  templates: readonly string[]
}

/** The pages: what runs here, one worked case, the HTTP interface explained. */
export function createPages(sources: PageSources): Hono {
  const app = new Hono()
  const templates = environment(sources.templates)
  templates.addGlobal('demonstration', sources.demonstration)
  const page = (template: string, values: object) => templates.render(template, values)

  // A page may show a case: it is not kept by the browser or on the way.
  app.use(async (c, next) => {
    await next()
    if (c.res.headers.get('content-type')?.startsWith('text/html'))
      c.header('cache-control', 'no-store')
  })
  app.get('/', async (c) => {
    const today = sources.today()
    const stored = await sources.workedCase()
    const set = sources.ruleSets().find(({ partnership }) => partnership === stored?.partnership)
    return c.html(
      page('front.njk', {
        today: inWords(today),
        workedCase: stored && set && { title: set.title },
        signIn: sources.signIn ?? false,
        ruleSets: sources.ruleSets().map((one) => summary(one, today)),
      }),
    )
  })
  app.get('/worked-case', async (c) => {
    const stored = await sources.workedCase()
    const set = sources.ruleSets().find(({ partnership }) => partnership === stored?.partnership)
    if (!stored || !set) return c.notFound()
    return c.html(page('worked-case.njk', workedCasePage(stored, set)))
  })
  app.get('/docs', (c) =>
    c.html(page('docs.njk', docsPage(sources.openApi(), sources.demonstration))),
  )
  app.get('/assets/waymark.css', (c) =>
    c.body(sources.css, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    }),
  )
  app.get('/assets/icon.svg', (c) => c.body(icon, 200, { 'content-type': 'image/svg+xml' }))
  return app
}

function summary(set: RuleSet, today: string) {
  const inForce = rulesInForce(set, today)
  return {
    partnership: set.partnership,
    title: set.title,
    digest: set.digest,
    inForce: inForce.length,
    toCheck: inForce.filter((rule) => confirmationOf(set.policy, rule) !== 'read').length,
  }
}

/** A finger post: a way marked, not a crown. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#1d2f4b"/><path d="M15 4h2v24h-2zM8 8h14l4 4-4 4H8z" fill="#fff"/></svg>'
