import { describe, expect, it } from 'vitest'
import { block, blockSchema } from '../../src/domain/refusal.ts'
import { problemSchema } from '../../src/http/problem.ts'
import { post, questions, recommendations, smallApi } from '../support/api.ts'

const app = smallApi()

/** The status and the problem that a body is answered with. */
async function refusal(body: unknown, headers?: Record<string, string>, path = recommendations) {
  const answer = await post(app, path, body, headers)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const problem = problemSchema.strict().parse(await answer.json())
  expect(problem.status).toBe(answer.status)
  return problem
}
const pointersOf = async (body: unknown) => {
  const { status, errors } = await refusal(body)
  return [status, errors?.map(({ pointer }) => pointer)]
}

describe('a refusal', () => {
  it('is a problem as RFC 9457 describes it', async () => {
    expect(await refusal('{')).toEqual({
      type: 'urn:waymark:problem:malformed',
      title: 'The request is malformed',
      status: 400,
      detail: 'The body cannot be read.',
      instance: recommendations,
      errors: [{ pointer: '', detail: 'The body is not JSON.' }],
    })
  })

  it('says where, what and how to mend it', async () => {
    const { status, errors } = await refusal({ facts: { 'child.date_of_brith': '2011-05-14' } })
    expect(status).toBe(422)
    expect(errors).toEqual([
      {
        pointer: '/facts/child.date_of_brith',
        detail: `I don't know the fact "child.date_of_brith". Did you mean "child.date_of_birth"?`,
        mend: expect.stringContaining('rules/facts.yaml'),
      },
    ])
  })

  it('names every mistake at once', async () => {
    const given = { facts: { 'child.care_status': 'maybe' }, offences: [{ 'offence.dat': 1 }] }
    expect(await pointersOf(given)).toEqual([
      422,
      ['/facts/child.care_status', '/offences/0/offence.dat'],
    ])
  })

  it('is described with all that can be said of what blocks it', () => {
    expect(Object.keys(block.shape)).toEqual(Object.keys(blockSchema.shape))
    const asked = { what: 'question', id: 'child.date_of_birth', says: 'When?', of: 'police' }
    for (const known of [asked, { ...asked, offences: [1] }])
      expect([block.parse(known), blockSchema.parse(known)]).toEqual([known, known])
    for (const wrong of [{ of: 'nobody' }, { offences: ['1'] }, { says: undefined }])
      expect(block.safeParse({ ...asked, ...wrong }).success).toBe(false)
  })

  it('is the same for the questions', async () => {
    const body = { facts: { 'child.care_status': 'maybe' } }
    const { errors } = await refusal(body, undefined, questions)
    expect(errors).toEqual((await refusal(body)).errors)
  })
})

describe('a body that is not JSON as it must be is malformed:', () => {
  it.each([
    ['nothing at all', ''],
    ['half a body', '{"facts":'],
    ['a comment', '{} // all'],
    ['a comma too many', '{"facts":{},}'],
    ['a key twice', '{"facts":{},"facts":{}}'],
    ['a key twice, once escaped', '{"facts":{},"f\\u0061cts":{}}'],
    ['half a character in a text', '{"notKnown":{"child.date_of_birth":"\\ud800"}}'],
    ['half a character in a key', '{"\\udc00":1}'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['half a UTF-8 character', new Uint8Array([0x22, 0xe2, 0x82, 0x22])],
    ['a byte order mark', '\ufeff{}'],
    ['UTF-16', new Uint8Array([0x7b, 0, 0x7d, 0])],
  ])('%s', async (_, body) => {
    expect(await refusal(body)).toMatchObject({ status: 400 })
  })

  it('a key that stands twice is named, so that no answer is dropped in silence', async () => {
    const { errors } = await refusal(
      '{"offences":[{},{"offence.date":"2026-01-01","offence.date":"2026-01-02"}]}',
    )
    expect(errors).toEqual([
      { pointer: '/offences/1/offence.date', detail: 'The key "offence.date" stands twice.' },
    ])
  })

  it('a whole character outside the basic plane is fine', async () => {
    const answer = await post(app, recommendations, '{"facts":{"victim.view":"\\ud83d\\ude42"}}')
    expect(answer.status).toBe(200)
  })
})

describe('a body of the wrong shape cannot be used:', () => {
  it.each([
    ['a list', [], ['']],
    ['a text', '"derby"', ['']],
    ['null', 'null', ['']],
    ['an unknown key', { partnership: 'derby', fact: {} }, ['/fact']],
    ['an unknown key of a victim', { victims: [{ facts: {}, name: 'x' }] }, ['/victims/0/name']],
    ['facts as a list', { facts: [] }, ['/facts']],
    ['an answer that is yes-no of JSON', { facts: { a: true } }, ['/facts/a']],
    ['an answer that is an object', { facts: { a: { b: 1 } } }, ['/facts/a']],
    ['a list of numbers', { facts: { a: [1] } }, ['/facts/a/0']],
    ['no offence in the list', { offences: [] }, ['/offences']],
    ['a day that does not exist', { asAt: '2026-02-29' }, ['/asAt']],
    ['a day with a time', { asAt: '2026-11-02T10:00:00Z' }, ['/asAt']],
    [
      'a victim of offence nought',
      { victims: [{ offences: [0], facts: {} }] },
      ['/victims/0/offences/0'],
    ],
    ['a key with a slash', { 'a/b': 1 }, ['/a~1b']],
  ])('%s', async (_, body, pointers) => {
    expect(await pointersOf(body)).toEqual([422, pointers])
  })

  it('a day that exists is fine on 29 February of a leap year', async () => {
    expect((await post(app, recommendations, { asAt: '2024-02-29' })).status).toBe(200)
  })

  it.each([
    ['{"__proto__":{"facts":{}}}', '/__proto__'],
    ['{"facts":{"__proto__":"yes"}}', '/facts/__proto__'],
    ['{"offences":[{"__proto__":1}]}', '/offences/0/__proto__'],
    ['{"victims":[{"facts":{"__proto__":null}}]}', '/victims/0/facts/__proto__'],
    ['{"notKnown":{"__proto__":"x"}}', '/notKnown/__proto__'],
  ])(
    'a key called __proto__, which JavaScript would take for something else: %s',
    async (body, at) => {
      const { status, errors } = await refusal(body)
      expect(status).toBe(422)
      expect(errors).toEqual([{ pointer: at, detail: `I don't know the key "__proto__" here.` }])
      expect(({} as Record<string, unknown>).facts).toBeUndefined()
    },
  )

  it.each(['constructor', 'toString', 'hasOwnProperty'])('a fact called %s', async (id) => {
    expect(await pointersOf({ facts: { [id]: 'yes' } })).toEqual([422, [`/facts/${id}`]])
  })
})

describe('an answer that does not fit cannot be used:', () => {
  it.each<[string, string, unknown]>([
    ['a word that is not on the list', 'child.care_status', 'fostered'],
    ['yes with a capital', 'child.agrees_to_take_part', 'Yes'],
    ['a text for a number', 'child.earlier_convictions', '0'],
    ['less than nought', 'child.earlier_convictions', -1],
    ['a fraction', 'child.earlier_convictions', 0.5],
    ['a number that is not exact any more', 'child.earlier_convictions', 2 ** 53],
    ['a date as people write it', 'child.date_of_birth', '14/05/2011'],
    ['one answer for a list', 'child.care_statuses', 'looked-after'],
    ['an answer twice in a list', 'child.care_statuses', ['looked-after', 'looked-after']],
    ['an empty text', 'victim.view', ' '],
    ['a text of 4,001 characters', 'victim.view', 'x'.repeat(4001)],
    ['a parameter, which is the partnership’s own', 'parameter.child_from', 12],
    ['a provision, which is the partnership’s own', 'provision.driving_programme', 'yes'],
  ])('%s', async (_, id, answer) => {
    expect(await pointersOf({ facts: { [id]: answer } })).toEqual([422, [`/facts/${id}`]])
  })

  it.each([
    ['1e400, which is too large for any computer', '1e400', 422],
    ['2^53 + 1, which would be rounded', '9007199254740993', 422],
    ['2^53 - 1, the last that is exact', '9007199254740991', 200],
    ['-0, which is nought', '-0', 200],
    ['1e0, which is one', '1e0', 200],
    ['0.0, which is nought', '0.0', 200],
  ])('of the numbers: %s', async (_, number, status) => {
    const body = `{"facts":{"child.earlier_convictions":${number}}}`
    expect((await post(app, recommendations, body)).status).toBe(status)
  })

  it('a fact in the wrong place is told where it belongs', async () => {
    const victims = [{ facts: { 'child.care_status': 'none' } }]
    const { errors } = await refusal({ victims })
    expect(errors).toEqual([
      {
        pointer: '/victims/0/facts/child.care_status',
        detail: '"child.care_status" is not about a victim.',
        mend: 'Put it under facts, or under its offence.',
      },
    ])
  })

  it('an unknown partnership is told the ones there are', async () => {
    const { status, errors } = await refusal({ partnership: 'derbi' })
    expect(status).toBe(422)
    expect(errors?.[0]).toMatchObject({
      pointer: '/partnership',
      detail: expect.stringContaining('Did you mean "derby"?'),
      mend: expect.stringContaining('national'),
    })
  })

  it('a victim of an offence that is not there', async () => {
    const victims = [{ offences: [2], facts: {} }]
    expect(await pointersOf({ offences: [{}], victims })).toEqual([422, ['/victims/0/offences/0']])
  })
})

describe('facts that contradict each other cannot be used:', () => {
  it('both are shown where an age and a date of birth disagree', async () => {
    const { status, errors } = await refusal({
      facts: { 'child.date_of_birth': '2011-05-14', 'child.age_at_offence': 12 },
      offences: [{ 'offence.date': '2026-10-20' }],
    })
    expect(status).toBe(422)
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/facts/child.age_at_offence'])
    expect(errors?.[0]?.detail).toContain('12')
    expect(errors?.[0]?.detail).toContain('15')
  })

  it('an age that agrees with the date of birth is fine', async () => {
    const answer = await post(app, recommendations, {
      facts: { 'child.date_of_birth': '2011-05-14', 'child.age_at_offence': 15 },
      offences: [{ 'offence.date': '2026-10-20' }],
    })
    expect(answer.status).toBe(200)
  })

  it('an offence after the day whose rules were asked for, and not one on it', async () => {
    const on = (date: string) => ({ asAt: '2026-11-02', offences: [{ 'offence.date': date }] })
    expect(await pointersOf(on('2026-11-03'))).toEqual([422, ['/offences/0/offence.date']])
    expect((await post(app, recommendations, on('2026-11-02'))).status).toBe(200)
  })
})

describe('a content type', () => {
  it.each([
    [undefined],
    ['text/plain'],
    ['application/x-ndjson'],
    ['application/jsonp'],
    ['application/problem+json'],
    ['text/html; application/json'],
  ])('other than JSON is refused: %s', async (type) => {
    const headers: Record<string, string> = type ? { 'content-type': type } : {}
    expect(await refusal(new TextEncoder().encode('{}'), headers)).toMatchObject({ status: 415 })
  })

  it.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8'])(
    'of JSON is taken as it may be written: %s',
    async (type) => {
      expect((await post(app, recommendations, '{}', { 'content-type': type })).status).toBe(200)
    },
  )

  it('of JSON in a compressed body is refused, because it would have to be unpacked first', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    expect(await refusal('{}', headers)).toMatchObject({ status: 415 })
  })
})
