import type { Action } from '../access/policy.ts'
import { actionOfRoute, routePolicy } from '../access/routes.ts'

/** A route as Hono lists it. */
type Route = { method: string; path: string }

const patterns = Object.keys(routePolicy).map((route) => {
  const [method = '', path = ''] = route.split(' ')
  return { method, path, parts: path.split('/') }
})

/** The route of an address as it was called, for logs and counts: never the address itself. */
export function placeOf(method: string, address: string): string {
  return patternFor(method, address)?.path ?? 'no route'
}

/** The action that guards an address as it was called; undefined where nothing is there. */
export function actionFor(method: string, address: string): Action | undefined {
  const fit = patternFor(method, address)
  return fit && actionOfRoute(fit.method, fit.path)
}

function patternFor(method: string, address: string) {
  const verb = method === 'HEAD' ? 'GET' : method
  const given = address.split('/')
  return patterns.find((one) => one.method === verb && fits(one.parts, given))
}

/** The methods that an address answers, for the Allow header; none where nothing is there at all. */
export function methodsAt(routes: readonly Route[], address: string): string[] {
  const given = address.split('/')
  const found = routes.filter(
    ({ method, path }) => method !== 'ALL' && fits(path.split('/'), given),
  )
  const methods = found.map(({ method }) => method)
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])])].sort()
}

/** `/v1/rule-sets/{partnership}`, or the same with `:partnership`, fits `/v1/rule-sets/derby`. */
const fits = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.length === given.length &&
  wanted.every((part, i) => (/^[:{]/.test(part) ? given[i] !== '' : part === given[i]))
