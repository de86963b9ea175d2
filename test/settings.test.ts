import { describe, expect, it } from 'vitest'
import { readSettings } from '../src/settings.ts'

/** The settings that an environment makes. */
function settings(environment: Record<string, string>) {
  const read = readSettings(environment)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
/** What is wrong with an environment. */
function wrong(environment: Record<string, string>): string[] {
  const read = readSettings(environment)
  return read.ok ? [] : read.problems.map(({ message }) => message)
}

describe('the settings', () => {
  it('are those of a demonstration on this machine where nothing is set', () => {
    expect(settings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      database: 'data/waymark.db',
      keys: 'data/waymark.keys',
      rules: 'rules',
      demonstration: true,
      log: 'none',
      hosts: ['localhost', '127.0.0.1', '[::1]'],
      trustedProxies: [],
    })
  })

  it('let a demonstration answer to this machine alone, whatever its address is said to be', () => {
    expect(settings({ WAYMARK_ADDRESS: 'https://waymark.example' })).toMatchObject({
      hosts: ['localhost', '127.0.0.1', '[::1]'],
    })
  })

  it('are what the environment says', () => {
    const environment = {
      PORT: '8080',
      WAYMARK_HOST: '0.0.0.0',
      WAYMARK_DATABASE: '/var/lib/waymark.db',
      WAYMARK_RULES: '/etc/waymark',
      WAYMARK_DEMO: '0',
      WAYMARK_ADDRESS: 'https://Waymark.example:8443',
      WAYMARK_TRUSTED_PROXY: '10.0.0.7, 192.168.0.0/16',
    }
    expect(settings(environment)).toEqual({
      port: 8080,
      host: '0.0.0.0',
      database: '/var/lib/waymark.db',
      keys: '/var/lib/waymark.keys',
      rules: '/etc/waymark',
      demonstration: false,
      log: 'stderr',
      hosts: ['waymark.example'],
      trustedProxies: ['10.0.0.7', '192.168.0.0/16'],
    })
  })

  it('leave alone what is not theirs', () => {
    expect(wrong({ PATH: '/bin', NODE_ENV: 'x', waymark_demo: '1', MY_WAYMARK_DEMO: '1' })).toEqual(
      [],
    )
  })

  it.each(['0', '1', '65535', '03000'])('take the port %s', (port) => {
    expect(settings({ PORT: port }).port).toBe(Number(port))
  })

  it.each(['65536', '99999', '-1', '', ' 3000', '3000.5', '0x10', '1e3', 'http', '100000'])(
    'do not take the port "%s"',
    (port) => {
      expect(wrong({ PORT: port })).toEqual([
        `PORT is "${port}"; it must be a port from 0 to 65535 (0 takes any free one).`,
      ])
    },
  )

  it.each([
    ['WAYMARK_HOST', 'example.org'],
    ['WAYMARK_HOST', '127.0.0.2'],
    ['WAYMARK_DEMO', 'yes'],
    ['WAYMARK_DEMO', 'true'],
    ['WAYMARK_DEMO', ''],
    ['WAYMARK_DATABASE', ''],
    ['WAYMARK_RULES', ''],
  ])('do not take %s=%s, and say what it must be', (name, value) => {
    const [says, ...more] = wrong({ [name]: value })
    expect(says).toMatch(new RegExp(`^${name} is "${value}"; it must be .+\\.$`))
    expect(more).toEqual([])
  })

  it('name a setting that they do not know, with the one that may have been meant', () => {
    const read = readSettings({ WAYMARK_DATABSE: 'x' })
    expect(!read.ok && read.problems).toEqual([
      {
        message: 'I don\'t know the setting WAYMARK_DATABSE. Did you mean "WAYMARK_DATABASE"?',
        mend: 'The settings are: PORT, WAYMARK_HOST, WAYMARK_DATABASE, WAYMARK_KEYS, WAYMARK_RULES, WAYMARK_DEMO, WAYMARK_OUTBOX, WAYMARK_LOG, WAYMARK_TRUSTED_PROXY, WAYMARK_ISSUER, WAYMARK_AUDIENCE, WAYMARK_CLIENT_ID, WAYMARK_CLIENT_SECRET, WAYMARK_ADDRESS, WAYMARK_ROLES_CLAIM, WAYMARK_PERSON_CLAIM, WAYMARK_ROLE_NAMES, WAYMARK_TOKEN_MINUTES.',
      },
    ])
  })

  it('name everything that is wrong at once', () => {
    expect(wrong({ PORT: 'x', WAYMARK_DEMO: 'x', WAYMARK_X: 'x' })).toHaveLength(3)
  })

  it.each(['0.0.0.0', '::'])('never show the demonstration to other machines (%s)', (host) => {
    expect(wrong({ WAYMARK_HOST: host })).toHaveLength(1)
    expect(wrong({ WAYMARK_HOST: host, WAYMARK_DEMO: '1' })).toHaveLength(1)
    const elsewhere = { WAYMARK_DEMO: '0', WAYMARK_ADDRESS: 'https://waymark.example' }
    expect(wrong({ WAYMARK_HOST: host, ...elsewhere })).toEqual([])
  })

  it.each(['0.0.0.0', '::'])(
    'never listen for other machines without a name to answer to (%s)',
    (host) => {
      expect(wrong({ WAYMARK_HOST: host, WAYMARK_DEMO: '0' })).toEqual([
        `WAYMARK_HOST is ${host} and WAYMARK_ADDRESS is not set: other machines would not be answered.`,
      ])
      expect(wrong({ WAYMARK_HOST: '127.0.0.1', WAYMARK_DEMO: '0' })).toEqual([])
    },
  )

  it.each(['10.0.0.7', '10.0.0.0/8', '::1', 'fd00::/8', '10.0.0.7,10.0.0.8', '10.0.0.0/32'])(
    'take the proxies %s',
    (proxies) => {
      expect(settings({ WAYMARK_TRUSTED_PROXY: proxies }).trustedProxies).toEqual(
        proxies.split(','),
      )
    },
  )

  it.each([
    '',
    'proxy.example',
    '10.0.0',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.7,',
    '10.0.0.0/8/8',
    '*',
  ])('do not take the proxies "%s"', (proxies) => {
    expect(wrong({ WAYMARK_TRUSTED_PROXY: proxies })).toEqual([
      `WAYMARK_TRUSTED_PROXY is "${proxies}"; it must be the addresses or networks of your proxies, such as "10.0.0.7,192.168.0.0/16".`,
    ])
  })

  it.each(['127.0.0.1', '::1', 'localhost'])('show the demonstration on %s', (host) => {
    expect(wrong({ WAYMARK_HOST: host, WAYMARK_DEMO: '1' })).toEqual([])
  })
})

describe('the settings of sign-in', () => {
  const issuer = {
    WAYMARK_DEMO: '0',
    WAYMARK_ISSUER: 'https://issuer.example',
    WAYMARK_ADDRESS: 'https://waymark.example',
  }

  it('take the subject for the person, an hour for a token, and our own words for roles', () => {
    expect(settings(issuer).signIn).toEqual({
      issuer: 'https://issuer.example',
      address: 'https://waymark.example',
      audience: 'waymark',
      clientId: 'waymark',
      rolesClaim: 'waymark_roles',
      personClaim: 'sub',
      longestLife: 3600,
    })
  })

  it.each([
    ['1', 60],
    ['120', 7200],
    ['090', 5400],
  ])('let a token last %s minutes', (minutes, seconds) => {
    const read = settings({ ...issuer, WAYMARK_TOKEN_MINUTES: minutes })
    expect(read.signIn?.longestLife).toBe(seconds)
  })

  it.each(['0', '121', '1.5', '-1', '', 'an hour', '1440'])(
    'do not let a token last "%s" minutes, with an issuer or without',
    (minutes) => {
      for (const others of [issuer, {}])
        expect(wrong({ ...others, WAYMARK_TOKEN_MINUTES: minutes })).toEqual([
          `WAYMARK_TOKEN_MINUTES is "${minutes}"; it must be how many minutes a token may last at most, from 1 to 120.`,
        ])
    },
  )

  it('take the issuer’s words for our roles', () => {
    const names = 'YJ Chair=clinic-chair, a=b=auditor,__proto__=service'
    expect(settings({ ...issuer, WAYMARK_ROLE_NAMES: names }).signIn?.roleNames).toEqual(
      Object.fromEntries([
        ['YJ Chair', 'clinic-chair'],
        ['a=b', 'auditor'],
        ['__proto__', 'service'],
      ]),
    )
  })

  it.each([
    ['Chair=clinic-chiar', 'I don\'t know the role "clinic-chiar". Did you mean "clinic-chair"?'],
    ['Program=sweeper', 'I don\'t know the role "sweeper".'],
    ['Chair=clinic-chair,', 'Write each of their words once, and an equals sign after it.'],
    ['clinic-chair', 'Write each of their words once, and an equals sign after it.'],
    ['=clinic-chair', 'Write each of their words once, and an equals sign after it.'],
    ['A=auditor,A=service', 'Write each of their words once, and an equals sign after it.'],
    ['', 'Write each of their words once, and an equals sign after it.'],
  ])('do not take the words "%s", and say why', (names, mend) => {
    const read = readSettings({ ...issuer, WAYMARK_ROLE_NAMES: names })
    expect(!read.ok && read.problems).toEqual([
      {
        message: expect.stringMatching(/^WAYMARK_ROLE_NAMES is ".*"; it must be their words/),
        mend,
      },
    ])
  })
})
