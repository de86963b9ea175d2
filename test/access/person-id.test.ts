import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { looksLikePerson, personIdOf } from '../../src/access/person-id.ts'
import { idSchema } from '../../src/domain/roles.ts'

const issuer = 'https://issuer.example'
/** As the usual issuers call somebody. */
const subjects = {
  Entra: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
  Auth0: 'auth0|507f1f77bcf86cd799439020',
  'Keycloak, federated': 'f:e90b6a3e-2d6f-4c33-8d57-0f2f2b2f0f8e:jdoe',
  'a name': 'Jane Doe',
  'an address': 'jane1@police.example',
}

describe('the id of a person', () => {
  it.each(['person-1', 'e90b6a3e-2d6f-4c33-8d57-0f2f2b2f0f8e', 'staff-7'])(
    'is what the issuer calls them where that is an id (%s)',
    (named) => {
      expect(personIdOf(issuer, named)).toBe(named)
    },
  )

  it.each(Object.entries(subjects))('is worked out where it is that of %s', (_, named) => {
    expect(personIdOf(issuer, named)).toMatch(/^p1-[0-9a-f]{40}$/)
  })

  it('never changes: whoever signed in years ago is still the same', () => {
    expect(personIdOf(issuer, subjects.Auth0)).toBe('p1-66fb8dbb3fdfc4aa6f441912725456298c817f9a')
  })

  it('is an id of ours whatever they are called, and the same each time', () => {
    const ascii = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 255 })
    fc.assert(
      fc.property(ascii, (named) => {
        const id = personIdOf(issuer, named)
        expect(id === undefined || idSchema.safeParse(id).success).toBe(true)
        expect(personIdOf(issuer, named)).toBe(id)
      }),
    )
  })

  it('is another for each subject and each issuer', () => {
    const all = Object.values(subjects)
    const ids = [issuer, `${issuer}/`].flatMap((one) => all.map((named) => personIdOf(one, named)))
    expect(new Set(ids).size).toBe(2 * all.length)
    expect(personIdOf('https://a.exampleB', 'c D')).not.toBe(
      personIdOf('https://a.example', 'Bc D'),
    )
  })

  it('cannot be had by being called as somebody else’s id reads', () => {
    const id = personIdOf(issuer, subjects.Auth0) ?? ''
    expect(personIdOf(issuer, id)).not.toBe(id)
    expect(personIdOf(issuer, id)).toMatch(/^p1-/)
  })

  it.each([undefined, null, '', ' ', '   ', 7, ['person-1'], 'person-1\u0000', 'x\n1', 'é1'])(
    'is nobody’s where the issuer says %j',
    (named) => {
      expect(personIdOf(issuer, named)).toBeUndefined()
    },
  )

  it('may come from 255 characters and not from one more', () => {
    expect(personIdOf(issuer, 'X'.repeat(255))).toMatch(/^p1-/)
    expect(personIdOf(issuer, 'X'.repeat(256))).toBeUndefined()
  })

  it.each([undefined, '', 7])('is nobody’s where the issuer is %j', (one) => {
    expect(personIdOf(one, 'person-1')).toBeUndefined()
  })
})

describe('what looks like a person', () => {
  it('is everybody of the demonstration, whoever they may come to be, and ids that issuers give', () => {
    for (const { person } of demonstrationPeople)
      expect([person, looksLikePerson(person)]).toEqual([person, true])
    for (const id of ['chair-3', 'officer-12', 'visitor-0', 'e90b6a3e-2d6f-4c33-8d57-0f2f2b2f0f8e'])
      expect([id, looksLikePerson(id)]).toEqual([id, true])
    expect(looksLikePerson(personIdOf(issuer, 'Jane Doe') ?? '')).toBe(true)
  })

  it.each([
    'police-records-1',
    'records-1',
    'chair-system-1',
    'chair1',
    'health-records-1',
    'p2-records',
  ])('is not a system such as %s', (id) => {
    expect(looksLikePerson(id)).toBe(false)
  })
})
