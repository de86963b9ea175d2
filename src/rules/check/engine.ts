import { Engine, type TopLevelCondition } from 'json-rules-engine'
import { testsOf } from '../tests-of.ts'
import { eachRule } from './context.ts'

/** Every test loads into json-rules-engine, whose format rule files are. */
export const checkEngine = eachRule((rule, yaml) =>
  testsOf(rule).flatMap(({ test, path }) => {
    try {
      new Engine().addRule({ conditions: test as TopLevelCondition, event: { type: 'effects' } })
      return []
    } catch (error) {
      return [
        yaml.problem(path, `json-rules-engine cannot read this test: ${(error as Error).message}`),
      ]
    }
  }),
)
