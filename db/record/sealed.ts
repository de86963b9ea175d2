import { type KeysAtHand, SubjectErased } from '../../src/casework/ports.ts'
import { type Place, seal, unseal } from './seal.ts'

/** Seals for a place whose key is at hand. @throws {SubjectErased} where it was destroyed */
export function sealFor(keys: KeysAtHand, place: Place, content: unknown): Buffer {
  const key = keys.get(place.subject)
  if (!key) throw new SubjectErased('The key was destroyed: this person’s record was erased.')
  return seal(key, place, content)
}

/**
 * What is sealed, or undefined where the key was destroyed: what was erased is left out, it does
 * not take the page down.
 */
export function openFor<T>(keys: KeysAtHand, place: Place, sealed: Buffer | null): T | undefined {
  if (!sealed) return undefined
  if (!keys.has(place.subject)) throw new Error(`The key for ${place.table} was not fetched.`)
  const key = keys.get(place.subject)
  return key && (unseal(key, place, sealed) as T)
}
