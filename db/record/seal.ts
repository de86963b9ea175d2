import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Sealed content: AES-256-GCM with a key for each subject and a random nonce. Where it stands is
 * authenticated with it, so that what was sealed for one row cannot be put into another.
 *
 *     1 (version) | nonce 12 | tag 16 | ciphertext of: 0 (plain) or 1 (deflated) | JSON
 */

/** Where sealed content stands, and whose it is. */
export type Place = { table: string; row: string; subject: string }

export const childSubject = (child: string): string => `child:${child}`
export const victimSubject = (referral: string, number: number): string =>
  `victim:${referral}:${number}`
export const clinicSubject = (clinic: string): string => `clinic:${clinic}`

const version = 1
const deflatedAbove = 512

/** Seals content that JSON can hold. */
export function seal(key: KeyObject, place: Place, content: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(content))
  const packed =
    text.length > deflatedAbove
      ? Buffer.concat([Buffer.of(1), deflateRawSync(text)])
      : Buffer.concat([Buffer.of(0), text])
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(place))
  const sealed = Buffer.concat([cipher.update(packed), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed])
}

/**
 * Opens sealed content.
 * @throws where it was changed, moved to another row or sealed with another key
 */
export function unseal(key: KeyObject, place: Place, sealed: Buffer): unknown {
  if (sealed[0] !== version || sealed.length < 30) throw unreadable(place)
  const nonce = sealed.subarray(1, 13)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  decipher.setAAD(associated(place)).setAuthTag(sealed.subarray(13, 29))
  try {
    const packed = Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
    const text = packed[0] === 1 ? inflateRawSync(packed.subarray(1)) : packed.subarray(1)
    return JSON.parse(text.toString())
  } catch {
    throw unreadable(place)
  }
}

const associated = ({ table, row, subject }: Place): Buffer =>
  Buffer.from(JSON.stringify([table, row, subject]))

const unreadable = ({ table, row }: Place): Error =>
  new Error(
    `What is sealed in ${table} "${row}" cannot be opened: it was changed, moved or sealed with another key. Run "waymark db check".`,
  )
