import { describe, expect, it } from 'vitest'
import { type RecordTools, run } from '../../src/cli/program.ts'
import type { KeyListed, KeyWanted } from '../../src/cli/service-key-program.ts'

const madeAt = Date.parse('2026-11-22T09:00:00Z')
const grant = { role: 'service', agency: 'police', partnership: 'derby' } as const
const listed: KeyListed[] = [
  {
    id: 'cd34',
    system: 'police-records-1',
    grants: [grant, { ...grant, partnership: 'west-mercia' }],
    madeAt,
    expiresAt: Date.parse('2027-02-20T09:00:00Z'),
    state: 'good',
  },
  {
    id: 'ab12',
    system: 'care-records-1',
    grants: [{ ...grant, agency: 'social-care', area: 'city-centre' }],
    madeAt,
    expiresAt: Date.parse('2027-02-20T09:00:00Z'),
    revokedAt: Date.parse('2026-11-25T09:00:00Z'),
    state: 'revoked',
  },
]

/** What a command said, and how it ended; `asked` holds what the tools were asked for. */
async function tried(...argv: string[]) {
  const said = { out: '', error: '' }
  const asked: unknown[] = []
  const record: RecordTools = {
    database: 'data/waymark.db',
    toolsOf: () => {
      throw new Error('Nobody asks for the database here.')
    },
    keys: {
      make: async (database, wanted: KeyWanted) => {
        asked.push([database, wanted])
        return wanted.days > 366
          ? { ok: false, problems: [{ message: 'A key is good for a year at the most.' }] }
          : { ok: true, value: { id: 'ab12', key: 'wmk_ab12_secret' } }
      },
      list: async (database) => {
        asked.push([database])
        return { ok: true, value: listed }
      },
      revoke: async (database, id) => {
        asked.push([database, id])
        return { ok: true, value: id === 'ab12' }
      },
    },
    serve: async () => {
      asked.push('serve')
    },
  }
  const code = await run(
    argv,
    {
      out: (text) => {
        said.out += `${text}\n`
      },
      error: (text) => {
        said.error += `${text}\n`
      },
      colour: false,
      today: '2026-11-22',
      readInput: async () => new Uint8Array(),
    },
    record,
  )
  return { code, asked, ...said }
}

describe('waymark service-key', () => {
  const make = ['service-key', 'make', '--system', 'police-records-1', '--partnership', 'derby']

  it('shows a key once, and says that it does', async () => {
    const { code, out, asked } = await tried(...make)
    expect([code, out]).toEqual([0, 'wmk_ab12_secret\nIts id is ab12. It is not shown again.\n'])
    expect(asked).toEqual([
      [
        'data/waymark.db',
        { system: 'police-records-1', partnerships: ['derby'], agency: 'police', days: 90 },
      ],
    ])
  })

  it('makes it for the database and the days that are named', async () => {
    const { asked } = await tried(...make, '--database', 'other.db', '--days', '7')
    expect(asked).toMatchObject([['other.db', { days: 7 }]])
  })

  it('makes it for several partnerships, each named once, or for one area', async () => {
    const more = ['--partnership', 'west-mercia', '--partnership', 'derby']
    expect((await tried(...make, ...more)).asked).toMatchObject([
      ['data/waymark.db', { partnerships: ['derby', 'west-mercia'] }],
    ])
    expect((await tried(...make, '--area', 'city-centre')).asked).toMatchObject([
      ['data/waymark.db', { partnerships: ['derby'], area: 'city-centre' }],
    ])
  })

  it('lists what keys there are, what for, and how long', async () => {
    const { code, out, asked } = await tried('service-key', 'list', '--database', 'other.db')
    expect([code, asked]).toEqual([0, [['other.db']]])
    expect(out.split('\n')).toEqual([
      'cd34  police-records-1  good',
      '  service for police in derby; service for police in west-mercia',
      '  made 2026-11-22, expires 2027-02-20',
      'ab12  care-records-1  revoked',
      '  service for social-care in derby, area city-centre',
      '  made 2026-11-22, expires 2027-02-20, revoked 2026-11-25',
      '',
    ])
    const asJson = JSON.parse((await tried('service-key', 'list', '--json')).out)
    expect(asJson.keys[1]).toMatchObject({ id: 'ab12', revokedAt: '2026-11-25T09:00:00.000Z' })
  })

  it('says why none was made', async () => {
    const { code, error } = await tried(...make, '--days', '400')
    expect([code, error]).toEqual([1, '  A key is good for a year at the most.\n'])
  })

  it('is wrong use without a system, or for an agency that there is not', async () => {
    expect((await tried('service-key', 'make', '--partnership', 'derby')).code).toBe(2)
    expect((await tried(...make, '--agency', 'army')).code).toBe(2)
    for (const days of ['0', '-1', '1.5', 'ten'])
      expect([days, (await tried(...make, '--days', days)).code]).toEqual([days, 2])
  })

  it('ends a key, and says where there is none', async () => {
    expect(await tried('service-key', 'revoke', 'ab12')).toMatchObject({
      code: 0,
      out: 'The key is ended.\n',
    })
    expect(await tried('service-key', 'revoke', 'cd34')).toMatchObject({
      code: 1,
      out: 'There is no key "cd34".\n',
    })
  })
})

it('waymark serve runs the service', async () => {
  expect(await tried('serve')).toMatchObject({ code: 0, asked: ['serve'] })
})
