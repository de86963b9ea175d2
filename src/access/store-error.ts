/**
 * Why a store could not take a write. Nothing was written, and the case is as it was. These are
 * thrown, because no casework can do anything about them; the service answers 503.
 */
export class StoreError extends Error {
  override name = 'StoreError'
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

/** The key of somebody who was not erased is not in the key file: it belongs to another backup. */
export class KeyMissing extends StoreError {
  override name = 'KeyMissing'
}

/**
 * The clock stands well before the last entry of the case. A history whose times run backwards
 * proves nothing, so nothing is added until the clock is right.
 */
export class ClockBehind extends StoreError {
  override name = 'ClockBehind'
}

/** The store cannot be reached, or was lost while it wrote: whether it wrote is then not known. */
export class StoreUnreachable extends StoreError {
  override name = 'StoreUnreachable'
}
