/**
 * Why a store did not do what was asked. These are thrown, because no casework can do anything about
 * them; the service answers 503. Nothing was written, nor read, since a reading has to be logged,
 * and the case is as it was; but for `StoreUnreachable`.
 */
export class StoreError extends Error {
  override name = 'StoreError'
  /** What whoever asked is told. Nothing of anybody. */
  readonly says: string = 'Nothing was stored: the store cannot take writes now.'
  /** After how many seconds trying again may do. */
  readonly retryAfter: number = 5
}

/** The disk failed or the file is damaged: no write is taken until the service starts again. */
export class StoreClosedToWrites extends StoreError {
  override name = 'StoreClosedToWrites'
}

/** There is no room. Writes are taken again as soon as there is. */
export class StoreFull extends StoreError {
  override name = 'StoreFull'
}

/** Somebody else was writing for too long. Trying again may do. */
export class StoreBusy extends StoreError {
  override name = 'StoreBusy'
}

/** Something was to be sealed for a child whose key was destroyed. No key is made anew. */
export class SubjectErased extends StoreError {
  override name = 'SubjectErased'
}

/** The key of somebody who was not erased is not in the key file. Only people can mend that. */
export class KeyMissing extends StoreError {
  override name = 'KeyMissing'
  override readonly says =
    'Nothing was read or stored: a key that this case needs is lost. Whoever runs the service was told which.'
  override readonly retryAfter = 3_600
}

/**
 * The clock stands well before the last entry of the case. A history whose times run backwards
 * proves nothing, so nothing is added until the clock is right.
 */
export class ClockBehind extends StoreError {
  override name = 'ClockBehind'
  override readonly says =
    'Nothing was stored: the clock of the service stands before the last entry of this case. Whoever runs the service has to set it right.'
  override readonly retryAfter = 60
}

/** The store cannot be reached, or was lost while it wrote: whether it wrote is then not known. */
export class StoreUnreachable extends StoreError {
  override name = 'StoreUnreachable'
  override readonly says =
    'The store was lost while it wrote: whether this was stored is not known. Send it again with the same Idempotency-Key, or look at the case.'
}
