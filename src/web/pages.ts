import { Hono } from 'hono'
import type { WorkedCaseReader } from '../casework/demonstration/open-demonstration.ts'
import { inWords } from '../domain/plain-date.ts'
import type { Identified } from '../http/guard.ts'
import { madeOnce } from '../http/made-once.ts'
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
  workedCase?: WorkedCaseReader | undefined
  openApi(): OpenApiDocument
  demonstration: boolean
  /** Whether people can sign in here; not where left out. */
  signIn?: boolean
  css: string
  templates: readonly string[]
}

const html = 'text/html; charset=UTF-8'

/**
 * The pages: what runs here, one worked case, the HTTP interface explained. Each is made once, and
 * again when what it shows has changed.
 */
export function createPages(sources: PageSources): Hono<Identified> {
  const app = new Hono<Identified>()
  const { front, worked, docs, css, mark } = pagesOf(sources)
  app.get('/', async (c) => front(c, await stateOf(sources)))
  app.get('/worked-case', async (c) => worked(c, await stateOf(sources)))
  app.get('/docs', (c) => docs(c))
  app.get('/assets/waymark.css', (c) => css(c))
  app.get('/assets/icon.svg', (c) => mark(c))
  return app
}

function pagesOf(sources: PageSources) {
  const templates = environment(sources.templates)
  templates.addGlobal('demonstration', sources.demonstration)
  const page = (template: string, values: object) => templates.render(template, values)
  // A page that shows a case is not kept by the browser or on the way.
  const ofACase = { type: html, cacheControl: 'no-store' }
  return {
    front: madeOnce(ofACase, async () => page('front.njk', await frontPage(sources))),
    worked: madeOnce(ofACase, async () => {
      const shown = await workedCaseIn(sources)
      return shown && page('worked-case.njk', workedCasePage(shown.stored, shown.set))
    }),
    docs: madeOnce({ type: html }, () =>
      page('docs.njk', docsPage(sources.openApi(), sources.demonstration)),
    ),
    css: madeOnce({ type: 'text/css; charset=utf-8', cacheControl: anHour }, () => sources.css),
    mark: madeOnce({ type: 'image/svg+xml', cacheControl: anHour }, () => icon),
  }
}

/** What the pages that change are made from: the day, the worked case and the rules, as one word. */
const stateOf = async ({ today, workedCase, ruleSets }: PageSources): Promise<string> =>
  [today(), await workedCase?.version(), ...ruleSets().map(({ digest }) => digest)].join()

const anHour = 'public, max-age=3600'

async function frontPage(sources: PageSources) {
  const today = sources.today()
  const shown = await workedCaseIn(sources)
  return {
    today: inWords(today),
    workedCase: shown && { title: shown.set.title },
    signIn: sources.signIn ?? false,
    ruleSets: sources.ruleSets().map((one) => summary(one, today)),
  }
}

async function workedCaseIn({ workedCase, ruleSets }: PageSources) {
  const stored = await workedCase?.read()
  const set = ruleSets().find(({ partnership }) => partnership === stored?.partnership)
  return stored && set ? { stored, set } : undefined
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
