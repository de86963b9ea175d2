import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { eq, sql } from 'drizzle-orm'
import type { CaseStore } from '../src/casework/ports.ts'
import { chainOf } from './links.ts'
import { ruleSet } from './schema.ts'
import type { Connection } from './statements.ts'
import type { WriteGuard } from './write-guard.ts'

/** Keeps rule sets for ever, each once. */
export function ruleSetKeeper(
  connection: Connection,
  guard: WriteGuard,
): Pick<CaseStore, 'keepRuleSet' | 'ruleSet'> {
  const chain = chainOf(connection, ruleSet)
  const find = connection.orm
    .select({ content: ruleSet.content })
    .from(ruleSet)
    .where(eq(ruleSet.digest, sql.placeholder('digest')))
    .prepare()
  return {
    keepRuleSet: async ({ digest, partnership, content, at }) => {
      if (find.get({ digest })) return
      guard.write(() => {
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
