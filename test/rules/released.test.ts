import { describe, expect, it } from 'vitest'
import { meaningDigest, releaseKey } from '../../src/rules/check/released.ts'
import { checkFiles } from '../../src/rules/check.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import { realPolicy } from '../support/real-rules.ts'
import { smallRules } from './bad-rules.ts'

const { files } = readFolder(smallRules)
const file = 'rules/national/exclusions/under-ten.yaml'

/** `rules/released.json` as it stands when the small rules are released. */
function released(): string {
  const checked = checkFiles(files)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return JSON.stringify(
    Object.fromEntries(checked.value.rules.map((rule) => [releaseKey(rule), meaningDigest(rule)])),
  )
}

/** What is said after the release, when one text of the rule has been replaced by another. */
function saidAfter(written: string, instead: string): string[] {
  const changed = files.map(({ path, bytes }) => ({
    path,
    bytes: path === file ? Buffer.from(replaced(Buffer.from(bytes).toString())) : bytes,
  }))
  function replaced(text: string): string {
    if (!text.includes(written)) throw new Error(`"${written}" is not in the rule`)
    return text.replace(written, instead)
  }
  const list = { path: 'rules/released.json', bytes: Buffer.from(released()) }
  const checked = checkFiles([...changed, list])
  return checked.ok ? [] : checked.problems.map(({ message }) => message)
}

const changed = 'This rule has been released, and its meaning has changed since.'

describe('a rule that has been released', () => {
  it.each([
    ['be said in better words', 'Offer help, not a disposal.', 'Offer help instead.'],
    ['have another title', 'title: The child was under ten', 'title: Under ten at the offence'],
    ['be closed', '{ from: 2013-04-08 }', '{ from: 2013-04-08, until: 2030-03-31 }'],
    ['have one more source', 'source:\n', 'source:\n  - { ref: waymark-default, at: a note }\n'],
    ['have one more doubt', 'examples:', 'doubts: [{ question: Why?, owner: us }]\nexamples:'],
    ['have another example', 'A nine-year-old', 'A child of nine'],
    ['be laid out otherwise', 'covers: [EX-01]', '# A comment.\n\ncovers: [ "EX-01" ]'],
  ])('may %s', (_, written, instead) => {
    expect(saidAfter(written, instead)).toEqual([])
  })

  it.each([
    ['test', 'operator: lessThan,', 'operator: lessThanInclusive,'],
    ['effects', 'scope: offence', 'scope: referral'],
    ['disposals', '[community-resolution, youth-caution,', '[youth-caution,'],
    ['authority', 'authority: statute', 'authority: national-guidance'],
  ])('may not change its %s', (_, written, instead) => {
    expect(saidAfter(written, instead)).toEqual([changed])
  })

  it('may not begin on another day, which would be another rule', () => {
    expect(saidAfter('2013-04-08', '2014-04-08')).toEqual([
      'The released rule "national exclusions/under-ten 2013-04-08" is gone.',
    ])
  })

  it('has a name of its own, even where nobody has read its date', () => {
    const names = realPolicy().rules.map(releaseKey)
    expect(new Set(names).size).toBe(names.length)
  })
})
