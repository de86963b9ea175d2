import type { KeyRing } from './key-ring.ts'
import { type Place, seal, unseal } from './seal.ts'

/** Seals for a place whose key is there already. */
export const sealFor = (keys: KeyRing, place: Place, content: unknown): Buffer =>
  seal(keys.need(place.subject), place, content)

/**
 * What is sealed, or undefined where the key was destroyed: what was erased is left out, it does
 * not take the page down.
 */
export function openFor<T>(keys: KeyRing, place: Place, sealed: Buffer | null): T | undefined {
  const key = sealed && keys.find(place.subject)
  return key ? (unseal(key, place, sealed) as T) : undefined
}
