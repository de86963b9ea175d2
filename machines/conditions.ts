/**
 * A condition of a chart, in words. It looks at the event and at a context of ids and codes, and
 * at nothing else: no clock, no store, no rules.
 */
export type Condition<Context, Event> = {
  /** A sentence that stands in the picture, and in the refusal when it does not hold. */
  says: string
  /**
   * `case`: the event has no part in it, so it can be told beforehand what is not allowed. `actor`:
   * of the event it looks at nothing but who does it, so it can be told to each person beforehand.
   */
  looksAt: 'case' | 'actor' | 'event'
  /** It only says which of several ways is meant, and is no reason to refuse where another is. */
  chooses?: boolean
  holds: (context: Context, event: Event) => boolean
}

/** A guard that XState runs, with the names of its conditions, so that a refusal can name them. */
export type Guard<Context, Event> = ((given: { context: Context; event: Event }) => boolean) & {
  conditions: readonly string[]
}

/** Makes `when('a', 'b')` for a chart: a guard that holds when every condition named holds. */
export const whenAllOf =
  <Context, Event, Name extends string>(conditions: Record<Name, Condition<Context, Event>>) =>
  (...names: Name[]): Guard<Context, Event> =>
    Object.assign(
      ({ context, event }: { context: Context; event: Event }) =>
        names.every((name) => conditions[name].holds(context, event)),
      { conditions: names },
    )
