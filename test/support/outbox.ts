import type { CaseStore, Sent } from '../../src/casework/ports.ts'

/** What waits in the outbox. Nothing of it is handed on: it is only looked at. */
export async function waitingIn(store: CaseStore, limit = 1_000): Promise<readonly Sent[]> {
  let seen: readonly Sent[] = []
  const onlyLook = async (messages: readonly Sent[]) => {
    seen = messages
    throw new OnlyLooked()
  }
  await store
    .handOn(limit, onlyLook, () => '')
    .catch((error: unknown) => {
      if (!(error instanceof OnlyLooked)) throw error
    })
  return seen
}

class OnlyLooked extends Error {}
