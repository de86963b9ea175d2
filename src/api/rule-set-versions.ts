import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps } from '../casework/casework.ts'
import {
  changeRuleSet,
  compareWithInForce,
  ruleSetEventSchema,
  useRuleSetInForce,
  viewRuleSets,
} from '../casework/rule-sets.ts'
import { etag, refuseWith } from './answer.ts'
import { ruleSetChanges, ruleSetVersions } from './answers/rule-sets.ts'
import { versioned } from './case-forms.ts'
import { requestOf } from './cases.ts'
import { reads, writes } from './describe.ts'
import type { Identified } from './identify.ts'
import { shown } from './reading.ts'
import type { RuleBook } from './rule-book.ts'

const one = '/v1/rule-sets/{partnership}'
const tag = 'Rules'
const routes = [
  reads({
    path: `${one}/versions`,
    summary: 'Which versions of the rules were proposed, approved and in force?',
    tag,
    answers: 'Each version, the latest first, with who did what and what may be done next',
    schema: ruleSetVersions,
    tagged: true,
  }),
  reads({
    path: `${one}/versions/{digest}/comparison`,
    summary: 'What does a version change against the one in force?',
    tag,
    answers: 'The rules that begin, end or change, the catalogues that differ, and what is dropped',
    schema: ruleSetChanges,
  }),
  writes({
    method: 'post',
    path: `${one}/events`,
    summary: 'Propose, approve or withdraw a version of the rules',
    tag,
    answers: 'The versions after it',
    schema: ruleSetVersions,
    body: ruleSetEventSchema,
  }),
]

/** The calls on the life of a partnership’s rules. */
export function addRuleSetVersions(
  app: OpenAPIHono<Identified>,
  deps: Deps,
  { use }: Pick<RuleBook, 'use'>,
): void {
  for (const route of routes) app.openAPIRegistry.registerPath(route)
  app.get('/v1/rule-sets/:partnership/versions', async (c) =>
    shown(c, await viewRuleSets(deps, requestOf(c), c.req.param('partnership')), (it) => it),
  )
  app.get('/v1/rule-sets/:partnership/versions/:digest/comparison', async (c) => {
    const { partnership, digest } = c.req.param()
    return shown(c, await compareWithInForce(deps, requestOf(c), partnership, digest), (it) => it)
  })
  app.post('/v1/rule-sets/:partnership/events', async (c) => {
    const sent = await versioned(c, ruleSetEventSchema)
    if (sent instanceof Response) return sent
    const partnership = c.req.param('partnership')
    const made = await changeRuleSet(deps, requestOf(c), partnership, sent.version, sent.body)
    if (!made.ok) return refuseWith(c, made)
    await useRuleSetInForce(deps, partnership, use)
    const after = await viewRuleSets(deps, requestOf(c), partnership)
    return after.ok ? c.json(after.value, 200, etag(after.value.version)) : refuseWith(c, after)
  })
}
