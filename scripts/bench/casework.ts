import { benchHttp } from './http.ts'
import { benchLists } from './lists.ts'
import type { Line } from './measure.ts'
import { benchStart } from './start.ts'
import { benchStore } from './store.ts'
import { benchStrangers } from './strangers.ts'

/** The benches of casework by name: `--only store` runs one of them. */
const benches: Readonly<Record<string, (full: boolean) => Promise<Line[]>>> = {
  store: benchStore,
  http: benchHttp,
  strangers: benchStrangers,
  lists: benchLists,
  start: benchStart,
}

/**
 * @param full also among a million cases, which takes minutes
 * @param only the name of one bench, where not all are wanted
 * @throws where there is no bench of that name
 */
export async function benchCasework({
  full,
  only,
}: {
  full: boolean
  only?: string | undefined
}): Promise<Line[]> {
  if (only !== undefined && !Object.hasOwn(benches, only))
    throw new Error(`There is no bench "${only}". They are: ${Object.keys(benches).join(', ')}.`)
  const lines: Line[] = []
  for (const [name, bench] of Object.entries(benches))
    if (only === undefined || only === name) lines.push(...(await bench(full)))
  return lines
}
