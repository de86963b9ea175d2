const shown = 20

/** What a start says of keys that are lost, in one line; nothing where none is. */
export function missingKeysLine(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined
  const keys = missing.length === 1 ? '1 key is' : `${missing.length} keys are`
  const more = missing.length > shown ? `, and ${missing.length - shown} more` : ''
  return `${keys} lost, in the key file neither as held nor as destroyed: ${missing.slice(0, shown).join(', ')}${more}. What was sealed with them cannot be read: docs/lost-key.md says what to do.`
}
