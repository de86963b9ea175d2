import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { asc, eq, sql } from 'drizzle-orm'
import type { CaseStore } from '../src/casework/ports.ts'
import { canonical } from './chain.ts'
import { chainOf } from './links.ts'
import type { OutboxWriter } from './outbox.ts'
import { ruleSet, ruleSetEvent } from './schema.ts'
import type { Connection } from './statements.ts'
import type { WriteGuard } from './write-guard.ts'

/** Keeps rule sets for ever, each once, and what happened to them. */
export function ruleSetKeeper(
  connection: Connection,
  guard: WriteGuard,
  send: OutboxWriter,
): Pick<CaseStore, 'keepRuleSet' | 'ruleSet' | 'ruleSetEvents' | 'addRuleSetEvents'> {
  const chain = chainOf(connection, ruleSet)
  const find = connection.orm
    .select({ content: ruleSet.content })
    .from(ruleSet)
    .where(eq(ruleSet.digest, sql.placeholder('digest')))
    .prepare()
  return {
    ...eventKeeper(connection, guard, send),
    keepRuleSet: async ({ digest, partnership, content, at }) => {
      if (find.get({ digest })) return
      await guard.write(() => {
        if (find.get({ digest })) return
        chain.append({ partnership, digest, at, content: deflateRawSync(content) })
      })
    },
    ruleSet: async (digest) => {
      const kept = find.get({ digest })
      return kept && inflateRawSync(kept.content).toString()
    },
  }
}

function eventKeeper(
  connection: Connection,
  guard: WriteGuard,
  send: OutboxWriter,
): Pick<CaseStore, 'ruleSetEvents' | 'addRuleSetEvents'> {
  const chain = chainOf(connection, ruleSetEvent)
  const all = connection.orm
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
    addRuleSetEvents: async (partnership, from, events, outbox) =>
      guard.write(() => {
        if (chain.next(partnership).seq !== from + 1) return 'stale'
        for (const { id, digest, event, notes } of events)
          chain.append({
            partnership,
            id,
            ruleSet: digest,
            type: event.type,
            at: event.at,
            actor: canonical(event.by),
            body: canonical(event),
            notes: canonical(notes),
          })
        for (const message of outbox) send(message, events.at(-1)?.event.at ?? '')
        return 'done'
      }),
  }
}
