import nunjucks from 'nunjucks'

/** What templates are rendered with: everything that is put into a page is escaped. */
export const environment = (templates: readonly string[]): nunjucks.Environment =>
  new nunjucks.Environment(new nunjucks.FileSystemLoader([...templates]), {
    autoescape: true,
    throwOnUndefined: false,
  })
