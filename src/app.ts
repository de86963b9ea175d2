import type { OpenAPIHono } from '@hono/zod-openapi'
import { routesWithoutPolicy } from './access/routes.ts'
import { type ApiOptions, createApi } from './api/app.ts'
import { apiDescription } from './api/description.ts'
import type { RuleBook } from './api/rule-book.ts'
import type { Identified } from './http/guard.ts'
import { createPages, type PageSources } from './web/pages.ts'
import { refusalPage } from './web/refusal-page.ts'

/** What pages are drawn from, besides what the whole service works with. */
export type PageParts = Pick<PageSources, 'css' | 'templates' | 'workedCase'>

/**
 * The service: the HTTP interface and the pages behind one door.
 * @throws where a route has no entry in the table of who may do what
 */
export function createApp(
  book: RuleBook,
  options: ApiOptions,
  parts: PageParts,
): OpenAPIHono<Identified> {
  const { demonstration = false, signIn } = options
  const shown = { ...parts, demonstration, signIn: signIn !== undefined }
  const app = createApi(book, { ...options, drawRefusal: refusalPage(shown) })
  const openApi = () => app.getOpenAPI31Document(apiDescription)
  const { ruleSets, today } = { ruleSets: () => book.ruleSets, today: book.today }
  app.route('/', createPages({ ...shown, ruleSets, today, openApi }))
  const open = routesWithoutPolicy(app.routes)
  if (open.length > 0) throw new Error(`These routes have no policy: ${open.join(', ')}.`)
  return app
}
