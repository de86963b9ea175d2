import { sha256 } from './canonical.ts'

/**
 * The access log of each partnership is a chain: every act, reading or writing, is one row, with a
 * number that rises by one from 1, the hash of the row before it and its own. One recipe, so that
 * others can write a verifier:
 *
 *     body = digest of the row (db/record/canonical.ts) without seq, prev and hash
 *     hash = SHA-256 of the lines: version of the recipe, partnership, seq, prev, body
 *
 * An act names every row that it wrote by table, key and body, so the chain covers the whole record:
 * what stands in a row is what the last act that names it wrote (db/record/verify.ts).
 *
 * A chain shows a change, a row taken out of the middle and a row put in. It cannot show that its
 * end was cut off, or rewritten together with all hashes from there on, nor a whole old backup: for
 * that, somebody outside must hold a later hash. That anchor is not built yet.
 */
export const genesis = '0'.repeat(64)

/** The chain of what is done to the service itself: sessions, service keys, rule sets. */
export const serviceChain = 'service'

const recipe = '2'

/** A place at the end of a partnership's chain. Holds while nobody else writes. */
export type Link = { partnership: string; seq: number; prev: string }

/** The place after the end of a chain. */
export const linkAfter = (
  partnership: string,
  end: { seq: number; hash: string } | undefined,
): Link => ({ partnership, seq: (end?.seq ?? 0) + 1, prev: end?.hash ?? genesis })

/** The hash of a row at its place. All that a store works out while it holds the end of a chain. */
export const hashAt = ({ partnership, seq, prev }: Link, body: string): string =>
  sha256([recipe, partnership, seq, prev, body].join('\n'))
