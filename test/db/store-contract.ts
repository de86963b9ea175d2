import { afterEach, describe } from 'vitest'
import type { CaseStore } from '../../src/casework/ports.ts'
import { clinicContract } from './store-contract-clinics.ts'
import { commitContract } from './store-contract-commits.ts'
import { eraseContract } from './store-contract-erasing.ts'
import { keepContract } from './store-contract-keeping.ts'
import { listContract } from './store-contract-lists.ts'
import { readContract } from './store-contract-reading.ts'
import { repeatContract } from './store-contract-repeats.ts'

/** A store under test, and what lies behind it. */
export type Opened = {
  store: CaseStore
  /** The same record, as a second process sees it. */
  again(): Promise<CaseStore>
  /** Everything that is stored, in any form that two states can be compared by. */
  dump(): unknown
  /** Makes the access log refuse every row. */
  breakLog(): void
  close(): Promise<void>
}

/** What every store must do, whatever it is built on. */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  const opened: Opened[] = []
  const fresh = async () => {
    const one = await open()
    opened.push(one)
    return one
  }
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close()
  })
  describe(`${name}: what is committed`, () => commitContract(fresh))
  describe(`${name}: reading`, () => readContract(fresh))
  describe(`${name}: repeated requests`, () => repeatContract(fresh))
  describe(`${name}: erasing`, () => eraseContract(fresh))
  describe(`${name}: lists`, () => listContract(fresh))
  describe(`${name}: clinics`, () => clinicContract(fresh))
  describe(`${name}: what is kept beside cases`, () => keepContract(fresh))
}
