/** A route as Hono lists it. */
type Route = { method: string; path: string }

/** The methods that an address answers, for the Allow header; none where nothing is there at all. */
export function methodsAt(routes: readonly Route[], path: string): string[] {
  const found = routes.filter((route) => route.method !== 'ALL' && fits(route.path, path))
  const methods = found.map(({ method }) => method)
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])])].sort()
}

/** `/v1/rule-sets/:partnership` fits `/v1/rule-sets/derby`. */
function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]))
  )
}
