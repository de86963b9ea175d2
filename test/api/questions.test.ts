import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { needToKnowSchema } from '../../src/domain/recommendation.ts'
import { post, questions, smallApi } from '../support/api.ts'

const app = smallApi()
const schema = z.strictObject({
  questions: z.array(
    needToKnowSchema.extend({ name: z.string(), choices: z.array(z.string()).optional() }).strict(),
  ),
})
async function asked(given: object) {
  const answer = await post(app, questions, given)
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json()).questions
}
const factsOf = async (given: object) => (await asked(given)).map(({ fact }) => fact)

describe('POST /v1/questions', () => {
  it('asks everything that can matter where nothing is known, what changes most first', async () => {
    expect(await factsOf({ partnership: 'derby', asAt: '2026-02-11' })).toEqual([
      'child.age_at_offence',
      'child.consents_to_conditions',
      'child.care_status',
      'offence.weapon',
    ])
  })

  it('asks nothing where everything is known', async () => {
    const facts = {
      'child.age_at_offence': 15,
      'child.consents_to_conditions': 'yes',
      'child.care_status': 'none',
      'offence.weapon': 'none',
    }
    expect(await asked({ partnership: 'derby', asAt: '2026-02-11', facts })).toEqual([])
  })

  it.each([
    ['child.age_at_offence', 15],
    ['child.consents_to_conditions', 'yes'],
    ['child.care_status', 'looked-after'],
  ])('does not ask again what it was told: %s', async (fact, answer) => {
    expect(await factsOf({ partnership: 'derby' })).toContain(fact)
    expect(await factsOf({ partnership: 'derby', facts: { [fact]: answer } })).not.toContain(fact)
  })

  it('does not ask what no rule in force asks, nor what another partnership asks', async () => {
    expect(await factsOf({ asAt: '2026-02-12' })).toEqual([
      'child.age_at_offence',
      'child.consents_to_conditions',
    ])
  })

  it('gives the wording, who can answer and the answers to choose from', async () => {
    const [, consent] = await asked({})
    expect(consent).toMatchObject({
      fact: 'child.consents_to_conditions',
      name: 'whether the child consents to the conditions',
      answeredBy: 'child',
      choices: ['yes', 'no'],
      canChange: ['options'],
    })
    expect(consent?.question).toMatch(/\?$/)
  })

  it('gives the choices of a list in the order of the rules folder', async () => {
    const care = (await asked({ partnership: 'derby' })).find(
      ({ fact }) => fact === 'child.care_status',
    )
    expect(care?.choices?.slice(0, 2)).toEqual(['none', 'looked-after'])
  })

  it('gives no choices where any number will do, and says from what it would follow', async () => {
    const [age] = await asked({})
    expect(age).not.toHaveProperty('choices')
    expect(age?.answers).toBe('a whole number, not negative')
    expect(age?.workedOutFrom).toEqual(['child.date_of_birth', 'offence.date'])
  })

  it('passes on why something is not known', async () => {
    const [age] = await asked({ notKnown: { 'child.age_at_offence': 'no papers yet' } })
    expect(age?.because).toBe('no papers yet')
  })
})
