import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fieldOf, regimes, register, retentionOf } from '../../db/register.ts'
import { columnsOfSchema, registerText, seenBy } from '../../scripts/field-register.ts'
import { sessionTimes } from '../../src/access/sessions.ts'
import { outboxDays } from '../../src/casework/relay.ts'

const schema = columnsOfSchema()
const fields = Object.entries(register).flatMap(([table, { columns }]) =>
  Object.keys(columns).map((column) => ({
    name: `${table}.${column}`,
    field: fieldOf(table, column),
  })),
)

describe('the field register', () => {
  it('has an entry for every column, and none for what is no column', () => {
    const columns = (of: Record<string, string[]>) =>
      Object.entries(of).flatMap(([table, names]) => names.map((name) => `${table}.${name}`))
    expect(fields.map(({ name }) => name).sort()).toEqual(columns(schema).sort())
    expect(fields.length).toBeGreaterThan(200)
  })

  it('finds no entry where there is none', () => {
    for (const [table, column] of [
      ['note', 'none'],
      ['none', 'id'],
      ['note', 'constructor'],
    ] as const)
      expect(fieldOf(table, column)).toBeUndefined()
  })

  it('names people who are there, and a law, for every column', () => {
    for (const { name, field } of fields) {
      expect(field && seenBy(field.seen), name).toBeTruthy()
      expect(field?.purpose, name).toMatch(/^[A-Z].*[^.]$/)
      expect(field?.regime.every((one) => one in regimes) && field.regime.length > 0, name).toBe(
        true,
      )
    }
    expect(seenBy('part:nothing')).toBeUndefined()
    expect(seenBy('action:nothing')).toBeUndefined()
  })

  it('says of just those columns that hold sealed content that they are sealed', () => {
    const sealed = fields.flatMap(({ name, field }) => (field?.sealed ? [name] : []))
    const held = Object.entries(schema).flatMap(([table, columns]) =>
      columns
        .filter(
          (column) =>
            ['sealed', 'identity', 'minutes'].includes(column) ||
            `${table}.${column}` === 'attendance.name',
        )
        .map((column) => `${table}.${column}`),
    )
    expect(sealed.sort()).toEqual(held.sort())
  })

  it('invents no time for which anything of a record is kept', () => {
    for (const { name, field } of fields)
      if (!/^(?:outbox|session|sign_in)\./.test(name))
        expect(field && retentionOf(field), name).toMatch(/^set by the partnership\D*$/)
  })

  it('says of messages that pass through just when they are cleared', () => {
    const { delivered, waiting } = outboxDays
    expect(retentionOf(fieldOf('outbox', 'body') ?? {})).toBe(
      `cleared ${delivered} days after it was handed on; after ${waiting} days where no outbox is set`,
    )
  })

  it('says of who is signed in how long that lasts at most', () => {
    const hours = sessionTimes.absolute / (60 * 60_000)
    expect(hours).toBe(8)
    expect(retentionOf(fieldOf('session', 'holds') ?? {})).toContain('eight hours at most')
  })

  it('is what docs/field-register.md says', () => {
    expect(readFileSync('docs/field-register.md', 'utf8')).toBe(registerText())
  })
})
