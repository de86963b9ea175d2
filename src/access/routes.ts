import type { Action } from './policy.ts'

/**
 * What a caller must be allowed to do to come through each door. Where a door leads to more than
 * one thing, as events do, the thing itself is checked again behind it.
 */
export const routePolicy = {
  'POST /v1/recommendations': 'recommendation.ask',
  'POST /v1/recommendations/batch': 'recommendation.ask',
  'POST /v1/questions': 'recommendation.ask',

  'POST /v1/referrals': 'referral.open',
  'GET /v1/cases': 'case.list',
  'GET /v1/cases/{id}': 'case.read',
  'PUT /v1/cases/{id}/facts': 'case.record-facts',
  'POST /v1/cases/{id}/events': 'case.read',
  'GET /v1/cases/{id}/recommendation': 'case.read-recommendation',
  'GET /v1/cases/{id}/recommendations': 'case.read-recommendation',
  'GET /v1/cases/{id}/recommendations/comparison': 'case.read-recommendation',
  'GET /v1/cases/{id}/history': 'case.read-history',
  'GET /v1/cases/{id}/explanation': 'case.explain',
  'GET /v1/cases/{id}/checklists': 'checklist.read',
  'GET /v1/cases/{id}/checklists/{instrument}': 'checklist.read',
  'PUT /v1/cases/{id}/checklists/{instrument}': 'checklist.fill',
  'GET /v1/cases/{id}/victims': 'victim.read',
  'POST /v1/cases/{id}/victims': 'victim.record',
  'GET /v1/cases/{id}/victims/{number}': 'victim.read',
  'PUT /v1/cases/{id}/victims/{number}': 'victim.record',
  'DELETE /v1/cases/{id}/child': 'case.erase',

  'GET /v1/clinics': 'clinic.read',
  'POST /v1/clinics': 'clinic.plan',
  'GET /v1/clinics/{id}': 'clinic.read',
  'PUT /v1/clinics/{id}/attendance': 'clinic.run',
  'PUT /v1/clinics/{id}/conflicts': 'clinic.run',
  'PUT /v1/clinics/{id}/minutes': 'clinic.run',
  'GET /v1/clinics/{id}/agenda': 'clinic.read',
  'GET /v1/clinics/{id}/chase-list': 'clinic.read',
  'GET /v1/chase-list': 'clinic.read',
  'PUT /v1/clinics/{id}/state': 'clinic.run',

  'GET /v1/rule-sets': 'rules.read',
  'GET /v1/rule-sets/{partnership}': 'rules.read',
  'GET /v1/rule-sets/{partnership}/rules/{area}/{name}': 'rules.read',
  'GET /v1/rule-sets/{partnership}/comparison': 'rules.read',
  'GET /v1/rule-sets/{partnership}/versions': 'rule-set.read-versions',
  'GET /v1/rule-sets/{partnership}/versions/{digest}/comparison': 'rule-set.read-versions',
  'POST /v1/rule-sets/{partnership}/events': 'rule-set.read-versions',
  'GET /v1/audit': 'audit.read',
  'GET /v1/me': 'me.read',

  'GET /healthz': 'operations.read',
  'GET /readyz': 'operations.read',
  'GET /metrics': 'metrics.read',
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
  'GET /': 'public',
  'GET /worked-case': 'public',
  'GET /assets/waymark.css': 'public',
  'GET /assets/icon.svg': 'public',

  'GET /sign-in': 'public',
  'GET /sign-in/callback': 'public',
  'POST /sign-out': 'public',
  'GET /demonstration/people': 'public',
} as const satisfies Record<`${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`, Action>

/** One way to write a route: parameters without their names, as `{id}` or as `:id`. */
function normalised(method: string, path: string): string {
  const verb = method.toUpperCase()
  const parameters = path.replace(/:[A-Za-z]\w*(?:\{[^/]*\})?\??|\{[^/]*\}/g, '{}')
  return `${verb === 'HEAD' ? 'GET' : verb} ${parameters}`
}

const byRoute: ReadonlyMap<string, Action> = new Map(
  Object.entries(routePolicy).map(([route, action]) => {
    const [method = '', path = ''] = route.split(' ')
    return [normalised(method, path), action]
  }),
)

/**
 * The action that guards a route, written `/v1/cases/{id}` or `/v1/cases/:id`. `undefined` where
 * no policy stands: such a route must not answer.
 */
export const actionOfRoute = (method: string, path: string): Action | undefined =>
  byRoute.get(normalised(method, path))

/**
 * The routes that have no policy: with any of them the service must not start. What runs around
 * routes (`ALL /*`, as Hono lists its middleware) is not itself one; anything else for all
 * methods is.
 */
export const routesWithoutPolicy = (
  routes: readonly { method: string; path: string }[],
): string[] => [
  ...new Set(
    routes
      .filter(({ method, path }) => !(method.toUpperCase() === 'ALL' && path.endsWith('*')))
      .filter(({ method, path }) => actionOfRoute(method, path) === undefined)
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  ),
]
