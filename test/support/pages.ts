import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apiDescription, createApi } from '../../src/api/app.ts'
import type { RuleBook } from '../../src/api/rule-book.ts'
import type { WorkedCase } from '../../src/casework/demonstration/open-demonstration.ts'
import { createPages } from '../../src/web/pages.ts'
import { styles } from '../../src/web/styles.ts'
import { asDemonstrated, smallBook } from './api.ts'

const inCheckout = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const read = (path: string) => readFileSync(inCheckout(path), 'utf8')

type Shown = { book?: RuleBook; workedCase?: WorkedCase; demonstration?: boolean; signIn?: boolean }

/** The HTTP interface and the pages together, as the service serves them. */
export function wholeSite({
  book = smallBook(),
  workedCase,
  demonstration = true,
  signIn = false,
}: Shown = {}) {
  const app = createApi(book, { identify: asDemonstrated, demonstration })
  const pages = createPages({
    ruleSets: () => book.ruleSets,
    today: book.today,
    workedCase: async () => workedCase,
    openApi: () => app.getOpenAPI31Document(apiDescription),
    demonstration,
    signIn,
    css: styles(
      read('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css'),
      read('src/web/templates/waymark.css'),
    ),
    templates: [inCheckout('src/web/templates'), inCheckout('node_modules/govuk-frontend/dist')],
  })
  return app.route('/', pages)
}

/** One start tag of a page with its attributes. */
export type Tag = { name: string; attributes: Record<string, string> }

/** The start tags of a page, in order; throws where tags are not closed in the order they opened. */
export function tagsOf(html: string): Tag[] {
  const open: string[] = []
  const tags: Tag[] = []
  for (const [, slash, name = '', rest = ''] of html.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^>"])*)>/g,
  )) {
    if (slash) {
      if (open.pop() !== name)
        throw new Error(`</${name}> closes something else: ${open.join(' > ')}`)
      continue
    }
    const attributes = [...rest.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)]
    tags.push({
      name,
      attributes: Object.fromEntries(attributes.map(([, key, value]) => [key, value ?? ''])),
    })
    if (!nothingInside.has(name)) open.push(name)
  }
  if (open.length > 0) throw new Error(`Not closed: ${open.join(', ')}`)
  return tags
}

const nothingInside = new Set(['meta', 'link', 'br', 'hr', 'img', 'input'])
