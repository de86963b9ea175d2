import type { KeyObject } from 'node:crypto'

/** Keys by the subject whose content they seal; undefined where one was destroyed. */
export type KeysAtHand = ReadonlyMap<string, KeyObject | undefined>

/** How a subject's key stands: it is there, it was destroyed, or nothing is known of one. */
export type KeyState = 'held' | 'destroyed' | 'missing'

/**
 * The keys, kept apart from the record: a backup of the record alone shows nothing of a child, and
 * destroying a key erases what it sealed in every copy. Fetched and made before a transaction
 * begins, so that nobody waits for them while the record is locked.
 */
export type Keys = {
  /** @throws {KeyMissing} where there is no key of a subject and none was destroyed */
  find(subjects: readonly string[]): Promise<KeysAtHand>
  /**
   * Makes the keys that are not there yet. They survive a loss of power when this is answered.
   * @param at the instant, UTC
   * @throws {SubjectErased} where one was destroyed
   */
  make(subjects: readonly string[], at: string): Promise<void>
  /** Destroys keys, and remembers that they were destroyed, also of subjects that have none here. */
  destroy(subjects: readonly string[], at: string): Promise<void>
  states(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyState>>
  /** Every subject whose key was destroyed, and when. */
  destroyed(): Promise<ReadonlyMap<string, string>>
  close(): Promise<void>
}
