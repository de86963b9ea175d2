import type { Deps } from '../casework/casework.ts'
import {
  changeRuleSet,
  compareWithInForce,
  ruleSetEventSchema,
  useRuleSetInForce,
  viewRuleSets,
} from '../casework/rule-sets.ts'
import { ruleSetChanges, ruleSetVersions } from '../casework/shapes/rule-sets.ts'
import { type Call, reads, writes } from './call.ts'
import type { RuleBook } from './rule-book.ts'

const one = '/v1/rule-sets/{partnership}'
const tag = 'Rules'

/** The calls on the life of a partnership’s rules. */
export const ruleSetVersionCalls = (deps: Deps, { use }: Pick<RuleBook, 'use'>): Call[] => [
  reads({
    path: `${one}/versions`,
    summary: 'Which versions of the rules were proposed, approved and in force?',
    tag,
    answers: 'Each version, the latest first, with who did what and what may be done next',
    schema: ruleSetVersions,
    tagged: true,
    answer: ({ request, at }) => viewRuleSets(deps, request, at.partnership),
  }),
  reads({
    path: `${one}/versions/{digest}/comparison`,
    summary: 'What does a version change against the one in force?',
    tag,
    answers: 'The rules that begin, end or change, the catalogues that differ, and what is dropped',
    schema: ruleSetChanges,
    answer: ({ request, at }) => compareWithInForce(deps, request, at.partnership, at.digest),
  }),
  writes({
    method: 'post',
    path: `${one}/events`,
    summary: 'Propose, approve or withdraw a version of the rules',
    tag,
    answers: 'The versions after it',
    schema: ruleSetVersions,
    body: ruleSetEventSchema,
    answer: async ({ request, at: { partnership }, version, body }) => {
      const made = await changeRuleSet(deps, request, partnership, version, body)
      if (!made.ok) return made
      await useRuleSetInForce(deps, partnership, use)
      return viewRuleSets(deps, request, partnership)
    },
  }),
]
