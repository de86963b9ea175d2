import { randomBytes } from 'node:crypto'

/**
 * What stands in clear and is cleared when a child is erased (a reference, days from which a birthday
 * can be read) would still be known by its digest, which stays: few values are possible, and all of
 * them can be tried. So such a row holds some chance too, made anew each time it is written and gone
 * with the row.
 */
export const salt = (): string => randomBytes(16).toString('base64url')
