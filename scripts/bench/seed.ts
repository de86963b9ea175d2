import { join } from 'node:path'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { opened, type Site, siteIn } from './site.ts'

/**
 * Many cases at once, written past the store: rows as the store would write them, but chained with
 * constants, with children whose names were never said. The newest few were opened as all are, so
 * that the first page and the case page open what is sealed.
 */
export async function siteWith(folder: string, cases: number): Promise<Seeded> {
  const site = await siteIn(folder)
  // The first case keeps the rule set.
  await opened(site)
  seed(join(folder, 'record.db'), cases)
  const ids: string[] = []
  for (let i = 0; i < 30; i += 1) ids.push(await opened(site))
  return { site, ids }
}
export type Seeded = { site: Site; ids: readonly string[] }

/** Cases lie between these instants, before all that is opened afterwards. */
const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)'
const id = (prefix: string) => `printf('%08x-${prefix}', (i * 2654435761) & 4294967295)`
const place = `iif(i % 2, 'derby', 'west-mercia')`
const instant = `strftime('%Y-%m-%dT%H:%M:%S.000Z', 1700000000 + i * 20, 'unixepoch')`
const day = `date(1790000000 + (i * 7919 % 700) * 86400, 'unixepoch')`
const state = `(CASE i / 2 % 8 WHEN 0 THEN 'received' WHEN 1 THEN 'preparing' WHEN 2 THEN 'delivering'
  ELSE 'closed' END)`
const hash = `'${'0'.repeat(64)}'`

const inserts = [
  `INSERT INTO child ${numbers} SELECT ${id('c')}, NULL, NULL FROM n`,
  `INSERT INTO referral ${numbers} SELECT ${id('r')}, ${place}, NULL, ${id('c')}, NULL, 'referral', 2,
    ${state}, '{}', 1, ${instant}, ${instant}, 1, 'open', NULL, iif(i % 4, NULL, ${day}), NULL,
    '[]', NULL, 'salt' FROM n`,
  `INSERT INTO clock ${numbers} SELECT ${id('r')}, 'k', 'assessment', 'clocks/assessment', '1', ${day},
    0, iif(i % 4, 'stopped', 'running'), 'salt' FROM n`,
  `INSERT INTO task ${numbers} SELECT ${id('r')}, 't', 'assess', 'youth-justice', ${day}, ${instant},
    iif(i % 4, ${instant}, NULL), NULL, 'salt' FROM n`,
  `INSERT INTO access_log ${numbers} SELECT ${place}, 1000000000 + i, ${hash}, ${hash}, ${id('a')},
    ${instant}, 'officer-1', 'referring-officer', 'police', 'case.read', 'request-1', NULL, NULL,
    NULL, NULL, '[["' || ${id('r')} || '","' || ${id('c')} || '"]]', NULL FROM n`,
  `INSERT INTO access_case ${numbers} SELECT ${id('r')}, ${id('c')}, ${place}, 1000000000 + i FROM n`,
]

function seed(file: string, cases: number): void {
  const database = openDatabase(file)
  // Nothing here must last longer than the bench.
  for (const setting of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -400000'])
    database.pragma(setting)
  database.transaction(() => {
    for (const insert of inserts) database.prepare(insert).run(cases)
  })()
  database.pragma('optimize')
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
