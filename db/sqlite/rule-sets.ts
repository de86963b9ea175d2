import { randomUUID } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { asc, eq, sql } from 'drizzle-orm'
import type { CaseStore } from '../../src/casework/ports.ts'
import { canonical } from '../record/canonical.ts'
import { ofService, written } from '../record/log.ts'
import { byTheService } from '../record/service-acts.ts'
import type { Put } from '../record/tables.ts'
import type { Parts } from './commit.ts'
import { ruleSet, ruleSetEvent } from './schema.ts'
import type { Connection } from './statements.ts'

type Kept = Pick<CaseStore, 'keepRuleSet' | 'ruleSet' | 'ruleSetEvents' | 'addRuleSetEvents'>

/** Keeps rule sets for ever, each once, and what happened to them. */
export function ruleSetKeeper(connection: Connection, { rows, guard }: Parts): Kept {
  const find = connection.orm
    .select({ content: ruleSet.content })
    .from(ruleSet)
    .where(eq(ruleSet.digest, sql.placeholder('digest')))
    .prepare()
  return {
    ...eventKeeper(connection, { rows, guard }),
    keepRuleSet: async ({ digest, partnership, content, at }) => {
      if (find.get({ digest })) return
      const act = randomUUID()
      const row = { digest, partnership, act, at, content: deflateRawSync(content) }
      const by = byTheService('rule-set.keep', at)
      const keeping = written(ofService(act), by, [{ table: 'rule_set', row }])
      await guard.write(() => {
        if (!find.get({ digest })) rows.run(keeping)
      })
    },
    ruleSet: async (digest) => {
      const kept = find.get({ digest })
      return kept && inflateRawSync(kept.content).toString()
    },
  }
}

function eventKeeper(
  { orm }: Connection,
  { rows, guard }: Pick<Parts, 'rows' | 'guard'>,
): Pick<CaseStore, 'ruleSetEvents' | 'addRuleSetEvents'> {
  const all = orm
    .select()
    .from(ruleSetEvent)
    .where(eq(ruleSetEvent.partnership, sql.placeholder('partnership')))
    .orderBy(asc(ruleSetEvent.seq))
    .prepare()
  return {
    ruleSetEvents: async (partnership) =>
      all.all({ partnership }).map(({ seq, id, ruleSet: digest, body, notes }) => ({
        seq,
        id,
        digest,
        event: JSON.parse(body),
        notes: JSON.parse(notes),
      })),
    addRuleSetEvents: async (partnership, from, events, outbox) => {
      const added = eventsWritten(partnership, from, events, outbox)
      return guard.write(() => {
        if ((all.all({ partnership }).at(-1)?.seq ?? 0) !== from) return 'stale'
        rows.run(added)
        return 'done'
      })
    },
  }
}

type Adding = Parameters<CaseStore['addRuleSetEvents']>

function eventsWritten(...[partnership, from, events, outbox]: Adding) {
  const act = randomUUID()
  const last = events.at(-1)?.event
  const at = last?.at ?? ''
  const puts = [
    ...events.map(({ id, digest, event, notes }, i): Put => {
      const said = { type: event.type, at: event.at, actor: canonical(event.by) }
      const body = { body: canonical(event), notes: canonical(notes) }
      const row = { partnership, seq: from + i + 1, id, act, ruleSet: digest, ...said, ...body }
      return { table: 'rule_set_event', row }
    }),
    ...outbox.map(({ id, kind, body }): Put => {
      return { table: 'outbox', row: { id, act, kind, body: JSON.stringify(body), at } }
    }),
  ]
  const by = byTheService('rule-set.change', at)
  return written(ofService(act), last ? { ...by, actor: last.by } : by, puts)
}
