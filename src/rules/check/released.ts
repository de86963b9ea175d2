import { z } from 'zod'
import { digestOf } from '../rule-set.ts'
import { firstDay, type Rule } from '../schema.ts'
import { type Check, fileOf } from './context.ts'

/** `rules/released.json`: the digest of each released rule's meaning, by layer, id and first day. */
export const releasedSchema = z.record(z.string(), z.string().startsWith('sha256-'))

/** By the first day on which it is applied: several rules of one id may have a date not stated. */
export const releaseKey = (rule: Rule): string =>
  `${rule.layer} ${rule.id} ${firstDay(rule.in_force)}`

/**
 * What a rule means: everything but its wording, examples, doubts and closing date. A rule may be
 * closed after release (`until`), and its words may be mended; its meaning may not change.
 */
export function meaningDigest(rule: Rule): string {
  const { authority, in_force, replaces, applies_to, when, then } = rule
  const { from, applied_from } = in_force
  return digestOf({ authority, in_force: { from, applied_from }, replaces, applies_to, when, then })
}

/** A rule that has been released is closed and succeeded, never changed in meaning or removed. */
export const checkReleased: Check = (read) => {
  const file = 'rules/released.json'
  const yaml = read.fileOf.get(file)
  if (!yaml) return []
  const released = releasedSchema.safeParse(yaml.value)
  if (!released.success)
    return [
      yaml.problem(
        [],
        'This file is not a list of digests.',
        'Write it with: npm run rules:release',
      ),
    ]
  const rules = new Map(read.policy.rules.map((rule) => [releaseKey(rule), rule]))
  return Object.entries(released.data).flatMap(([key, digest]) => {
    const rule = rules.get(key)
    if (!rule)
      return [
        yaml.problem(
          [key],
          `The released rule "${key}" is gone.`,
          "A rule that may have decided a child's case is closed with until, never deleted.",
          'key',
        ),
      ]
    if (meaningDigest(rule) === digest) return []
    return [
      fileOf(read, rule.file).problem(
        ['in_force'],
        'This rule has been released, and its meaning has changed since.',
        'Put it back, close it with until, and write the change as its successor (rules/README.md, step 4).',
      ),
    ]
  })
}
