import { eventSays } from '../domain/events.ts'
import type { Role } from '../domain/roles.ts'
import { type AskedEvent, eventRoles } from './event-policy.ts'
import { deciders, managers, members, police, workers } from './role-groups.ts'

/** Who may: `signed-in` means holding at least one grant, wherever it is. */
export type Who = 'anyone' | 'signed-in' | readonly Role[]

export type Entry = {
  who: Who
  /** What the action is, in one sentence. */
  says: string
}

const entry = (who: Who, says: string): Entry => ({ who, says })

const actions = {
  public: entry('anyone', 'Read the pages and the documents that hold nothing of a case.'),
  'rules.read': entry('anyone', 'Read the rules: they are published policy.'),
  'operations.read': entry('anyone', 'Ask whether the service is well.'),
  'metrics.read': entry(['administrator', 'service'], 'Read how much the service does.'),
  'me.read': entry('signed-in', 'See who one is here, and what one holds.'),
  'recommendation.ask': entry('signed-in', 'Ask for a recommendation without storing a case.'),

  'referral.open': entry([...police, 'service'], 'Refer a child’s case to the partners.'),
  'case.list': entry(
    [...members, 'scrutiny-member', 'information-analyst', 'service'],
    'List the cases of a partnership.',
  ),
  'case.read': entry([...members, 'scrutiny-member', 'service'], 'Read one case.'),
  'case.record-facts': entry([...members, 'service'], 'Answer questions about a case.'),
  'case.read-history': entry(
    [...members, 'auditor'],
    'Read what happened in a case, and who did it.',
  ),
  'case.read-recommendation': entry(
    members.filter((role) => role !== 'victim-liaison-officer'),
    'Read what was recommended in a case, now and earlier.',
  ),
  'case.explain': entry(
    members.filter((role) => role !== 'victim-liaison-officer'),
    'Read in plain words why a case stands where it does.',
  ),
  'checklist.read': entry(
    [...workers, ...deciders, 'referring-officer'],
    'Read a checklist for a child in care.',
  ),
  'checklist.fill': entry(
    ['social-worker', ...police, ...managers, 'youth-justice-practitioner'],
    'Fill in a checklist for a child in care.',
  ),
  'sealed.read': entry(
    ['police-decision-maker', 'team-leader'],
    'Read what was sealed, with a reason that is logged.',
  ),
  // Whoever works on the case cannot destroy its record, and whoever can cannot read it.
  'case.erase': entry(['administrator'], 'Destroy the key to what is kept of a child.'),

  // Apart from the child’s record: the deciding roles see the views alone (fields.ts).
  'victim.read': entry(['victim-liaison-officer', ...deciders], 'Read what is kept of a victim.'),
  'victim.record': entry(
    ['victim-liaison-officer'],
    'Record a victim’s consent, views and safety.',
  ),

  'clinic.plan': entry(
    ['team-leader', 'clinic-chair', 'police-decision-maker'],
    'Call a clinic and settle its agenda.',
  ),
  'clinic.read': entry(members, 'See when clinics meet, who comes and what is on the agenda.'),
  'clinic.run': entry(
    ['clinic-chair', 'team-leader'],
    'Record attendance, conflicts of interest and minutes.',
  ),

  'rule-set.read-versions': entry(
    [...members, 'policy-lead', 'rule-approver', 'information-analyst', 'auditor'],
    'See which versions of the rules were proposed, approved and in force.',
  ),
  'rule-set.propose': entry(['policy-lead'], 'Propose a rule set, with its notes.'),
  'rule-set.approve': entry(['rule-approver'], 'Approve a rule set that somebody else proposed.'),
  'rule-set.withdraw': entry(
    ['policy-lead', 'rule-approver'],
    'Withdraw a rule set before it is in force.',
  ),
  'audit.read': entry(['auditor'], 'Read who saw and changed what.'),
} as const satisfies Record<string, Entry>

/** Everything that a caller can ask to do. `event:…` is to record that event in a case. */
export type Action = keyof typeof actions | `event:${AskedEvent}`

const events = Object.fromEntries(
  Object.entries(eventRoles).map(([type, who]) => [
    `event:${type}`,
    entry(who, eventSays[type] ?? ''),
  ]),
) as Record<`event:${AskedEvent}`, Entry>

/** THE table: who may do what. What does not stand here cannot be asked for. */
export const policy: Readonly<Record<Action, Entry>> = { ...actions, ...events }

/** Whether a text is the name of an action. */
export const isAction = (text: string): text is Action => Object.hasOwn(policy, text)

/** Roles that see a case only once it is closed. */
export const closedOnly = (role: Role): boolean => role === 'scrutiny-member'
