/** Why a database is not opened, with how to mend that. */
export class CannotOpen extends Error {
  override name = 'CannotOpen'
  readonly mend: string
  constructor(message: string, mend: string) {
    super(message)
    this.mend = mend
  }
}
