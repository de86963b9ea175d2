import { type Case, caseSchema } from '../domain/case.ts'
import type { Result } from '../domain/problem.ts'
import { readShape } from './shape.ts'
import { readYaml, type SourceFile } from './yaml-file.ts'

/** Reads a case file, YAML or JSON (which is YAML 1.2), with problems by line and column. */
export function readCase(file: SourceFile): Result<Case> {
  const yaml = readYaml(file)
  return yaml.ok ? readShape(yaml.value, caseSchema) : yaml
}
