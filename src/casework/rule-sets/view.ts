import { actorFor } from '../../access/caller.ts'
import type { Told } from '../../domain/told.ts'
import { compareRules, type RuleChanges } from '../../rules/compare-days.ts'
import { restoreRuleSet } from '../../rules/kept-rule-set.ts'
import { contentOf, digestOf, type RuleSet } from '../../rules/rule-set.ts'
import { absent, type Deps, done, type Outcome, type Request } from '../casework.ts'
import type { RuleSetEvent } from '../ports.ts'
import type { ruleSetVersion, ruleSetVersions } from '../shapes/rule-sets.ts'
import { countOpenCases, type Dropped, droppedFrom } from './dropped.ts'
import { inForce, livesOf, type RuleSetLife } from './lives.ts'

/** One version of a partnership's rules: where it stands, and who did what with it. */
export type RuleSetVersion = Told<typeof ruleSetVersion>

export type RuleSetVersions = Told<typeof ruleSetVersions>

/** The versions of a partnership's rules, the latest first, with proposals and approvals. */
export async function viewRuleSets(
  deps: Deps,
  { caller }: Request,
  partnership: string,
): Promise<Outcome<RuleSetVersions>> {
  if (!actorFor(caller, 'rule-set.read-versions', { partnership })) return absent
  const events = await deps.store.ruleSetEvents(partnership)
  const lives = livesOf(events)
  return done({
    partnership,
    version: events.at(-1)?.seq ?? 0,
    inForce: inForce(lives)?.digest ?? null,
    versions: lives.map(versionOf).reverse(),
  })
}

/** Which rules differ, and in which of the catalogues that rules are read with something does. */
export type RuleSetChanges = RuleChanges & {
  digest: string
  inForce: string
  catalogues: readonly string[]
  /** What running cases may have answered and this version does not know. */
  drops: readonly Dropped[]
  /** How many cases are open, where something is dropped; null where nothing is. */
  openCases: number | null
}

/** What one version changes against the one that is in force. */
export async function compareWithInForce(
  deps: Deps,
  request: Request,
  partnership: string,
  digest: string,
): Promise<Outcome<RuleSetChanges>> {
  const actor = actorFor(request.caller, 'rule-set.read-versions', { partnership })
  if (!actor) return absent
  const lives = livesOf(await deps.store.ruleSetEvents(partnership))
  const current = inForce(lives)
  if (!current || !lives.some((one) => one.digest === digest)) return absent
  const [before, after] = await Promise.all([kept(deps, current.digest), kept(deps, digest)])
  const changes = compareRules(before.rules, after.rules)
  const catalogues = cataloguesThatDiffer(before, after)
  const drops = droppedFrom(before, after)
  const openCases =
    drops.length > 0 ? await countOpenCases(deps, request, actor, partnership) : null
  return done({ digest, inForce: current.digest, ...changes, catalogues, drops, openCases })
}

function cataloguesThatDiffer(one: RuleSet, other: RuleSet): string[] {
  const [before, after] = [contentOf(one), contentOf(other)]
  return (Object.keys(before) as (keyof typeof before)[])
    .filter((part) => part !== 'rules' && digestOf(before[part]) !== digestOf(after[part]))
    .sort()
}

function versionOf({ digest, state, stateSays, allowed, snapshot, events }: RuleSetLife) {
  const { inForceFrom } = snapshot.context
  const shipped = events.find(({ event }) => event.type === 'ruleSet.shipped')
  const since = inForceFrom ?? shipped?.event.at.slice(0, 10) ?? null
  return { digest, state, stateSays, allowed, inForceFrom: since, events: events.map(eventOf) }
}

const eventOf = ({ id, event, notes }: RuleSetEvent) => ({ ...event, id, notes })

/** @throws where the record has lost a rule set, or it was changed there */
export async function kept({ store }: Pick<Deps, 'store'>, digest: string): Promise<RuleSet> {
  const text = await store.ruleSet(digest)
  if (text === undefined) throw new Error(`The record holds no rule set ${digest}.`)
  const restored = restoreRuleSet(text, digest)
  if (!restored.ok) throw new Error(restored.problems.map(({ message }) => message).join(' '))
  return restored.value
}
