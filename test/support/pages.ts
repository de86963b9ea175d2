import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RuleBook } from '../../src/api/rule-book.ts'
import { createApp } from '../../src/app.ts'
import type { WorkedCase } from '../../src/casework/demonstration/open-demonstration.ts'
import { styles } from '../../src/web/styles.ts'
import { asDemonstrated, smallBook } from './api.ts'
import { noDesk } from './sign-in.ts'

const inCheckout = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const read = (path: string) => readFileSync(inCheckout(path), 'utf8')

/** Where pages find their templates. */
export const templates = [
  inCheckout('src/web/templates'),
  inCheckout('node_modules/govuk-frontend/dist'),
]

type Shown = { book?: RuleBook; workedCase?: WorkedCase; demonstration?: boolean; signIn?: boolean }

/** The HTTP interface and the pages together, as the service serves them. */
export function wholeSite({
  book = smallBook(),
  workedCase,
  demonstration = true,
  signIn = false,
}: Shown = {}) {
  const parts = {
    workedCase: { version: async () => workedCase && '1', read: async () => workedCase },
    css: styles(
      read('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css'),
      read('src/web/templates/waymark.css'),
    ),
    templates,
  }
  const options = { identify: asDemonstrated, demonstration, signIn: signIn ? noDesk : undefined }
  return createApp(book, options, parts)
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
