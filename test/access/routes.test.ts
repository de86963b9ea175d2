import { describe, expect, it } from 'vitest'
import { policy } from '../../src/access/policy.ts'
import { actionOfRoute, routePolicy, routesWithoutPolicy } from '../../src/access/routes.ts'

const route = (method: string, path: string) => ({ method, path })

describe('a route', () => {
  it.each([
    ['GET', '/v1/cases/{id}', 'case.read'],
    ['GET', '/v1/cases/:id', 'case.read'],
    ['get', '/v1/cases/:reference', 'case.read'],
    ['HEAD', '/v1/cases/:id', 'case.read'],
    ['GET', '/v1/cases/:id{[0-9]+}', 'case.read'],
    ['POST', '/v1/cases/:id/events', 'case.read'],
    ['PUT', '/v1/cases/:id/victims/:number', 'victim.record'],
    ['DELETE', '/v1/cases/:id/child', 'case.erase'],
    ['GET', '/v1/rule-sets/:partnership/rules/:area/:name', 'rules.read'],
    ['GET', '/', 'public'],
  ])('%s %s is guarded by %s… however its parameters are written', (method, path, action) => {
    expect(actionOfRoute(method, path)).toBe(action)
  })

  it.each([
    ['DELETE', '/v1/cases/:id'],
    ['POST', '/v1/cases'],
    ['GET', '/v1/cases/:id/'],
    ['GET', '/v1/cases/new'],
    ['GET', '/V1/cases'],
    ['GET', '/v2/cases'],
    ['GET', '/v1/*'],
    ['GET', ''],
    ['', '/v1/cases'],
    ['GET', 'constructor'],
  ])('%s %s has no policy, and must not answer', (method, path) => {
    expect(actionOfRoute(method, path)).toBeUndefined()
  })
})

describe('the start', () => {
  it('finds nothing missing where each route has its policy', () => {
    const routes = Object.keys(routePolicy).map((key) => {
      const [method = '', path = ''] = key.split(' ')
      return route(method, path.replace(/\{(\w+)\}/g, ':$1'))
    })
    expect(routesWithoutPolicy([...routes, route('ALL', '/*'), route('ALL', '/v1/*')])).toEqual([])
  })

  it('names each route that has none, once', () => {
    expect(
      routesWithoutPolicy([
        route('GET', '/v1/cases'),
        route('GET', '/v1/secrets/:id'),
        route('GET', '/v1/secrets/:id'),
        route('patch', '/v1/cases/:id'),
        route('ALL', '/v1/export'),
        route('GET', '/*'),
      ]),
    ).toEqual(['GET /v1/secrets/:id', 'PATCH /v1/cases/:id', 'ALL /v1/export', 'GET /*'])
  })

  it('finds an action in the table for each door', () => {
    for (const action of Object.values(routePolicy)) expect(policy).toHaveProperty([action])
  })

  it('leaves open to anyone only what holds nothing of a case', () => {
    const open = Object.entries(routePolicy)
      .filter(([, action]) => policy[action].who === 'anyone')
      .map(([key]) => key.split(' ')[1])
    expect(open.filter((path) => path?.startsWith('/v1/'))).toEqual([
      '/v1/rule-sets',
      '/v1/rule-sets/{partnership}',
      '/v1/rule-sets/{partnership}/rules/{area}/{name}',
      '/v1/rule-sets/{partnership}/comparison',
    ])
  })
})
