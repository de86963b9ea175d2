import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps } from '../casework/casework.ts'
import { type DoorOptions, openDoor } from '../http/door.ts'
import type { Identified } from '../http/guard.ts'
import { isBatch } from './batch.ts'
import { addCalls } from './call.ts'
import { caseFormCalls } from './case-forms.ts'
import { caseReadingCalls } from './case-reading.ts'
import { caseCalls } from './cases.ts'
import { clinicCalls } from './clinics.ts'
import { addSecuritySchemes } from './describe-shared.ts'
import { addDescription } from './description.ts'
import { demonstrationPeopleCall, healthCalls, meCall, metricsCall } from './operations.ts'
import { recommendationCalls } from './recommendations.ts'
import type { RuleBook } from './rule-book.ts'
import { ruleSetVersionCalls } from './rule-set-versions.ts'
import { ruleSetCalls } from './rule-sets.ts'

export type ApiOptions = DoorOptions & {
  /** The cases; without them the service answers stateless calls alone. */
  casework?: Deps
  ready?: () => boolean | Promise<boolean>
}

/** The HTTP interface over a rule book, behind the door. Thin: parse, ask, answer. */
export function createApi(book: RuleBook, options: ApiOptions = {}): OpenAPIHono<Identified> {
  const { casework, operations, demonstration = false, ready = () => true } = options
  const app = new OpenAPIHono<Identified>()
  openDoor(app, options, isBatch)

  addCalls(app, recommendationCalls(book, options.report))
  addCalls(app, ruleSetCalls(book))
  if (casework) {
    addCalls(app, caseCalls(casework))
    addCalls(app, caseReadingCalls(casework))
    addCalls(app, caseFormCalls(casework))
    addCalls(app, clinicCalls(casework))
    addCalls(app, ruleSetVersionCalls(casework, book))
  }
  addCalls(app, [...healthCalls(ready), meCall])
  if (operations) addCalls(app, [metricsCall(operations)])
  if (demonstration) addCalls(app, [demonstrationPeopleCall])

  addSecuritySchemes(app, demonstration)
  addDescription(app)
  return app
}
