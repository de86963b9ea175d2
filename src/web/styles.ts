/**
 * The GOV.UK Design System's styles without what belongs to GOV.UK alone: a partnership's service
 * uses neither its typeface nor its crown.
 * @param govuk the text of govuk-frontend.min.css
 * @param own what Waymark adds
 */
export function styles(govuk: string, own: string): string {
  const plain = govuk
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/"?GDS Transport"?\s*,\s*/g, '')
    .replace(/\/\*# sourceMappingURL=.*$/m, '')
  return `${plain}\n${own}`
}
