import type { Agency } from '../../domain/lists.ts'
import type { Actor, Role } from '../../domain/roles.ts'
import { answerInWords } from '../../rules/explain.ts'

/** How agencies are named within a sentence. */
const agencies: Readonly<Record<Agency, string>> = {
  police: 'the police',
  'youth-justice': 'the youth justice service',
  'social-care': 'children’s social care',
  health: 'the health service',
  education: 'the school or education service',
  'victim-liaison': 'the victim liaison officer',
  home: 'the home where the child lives',
  cps: 'the Crown Prosecution Service',
  chair: 'the chair of the clinic',
  child: 'the child',
  parent: 'the parent or carer',
  partnership: 'the partnership',
}

export const theAgency = (agency: Agency | 'worked-out'): string =>
  agency === 'worked-out' ? 'nobody alone: it follows from other answers' : agencies[agency]

const roles: Partial<Record<Role, string>> = {
  'police-decision-maker': 'The police decision-maker',
  'clinic-chair': 'The chair of the clinic',
  sweeper: 'Waymark',
  service: 'Another system',
}

/** Who did it, by role and id: names do not stand in a story that is passed on. */
export const whoDid = ({ role, person }: Actor): string =>
  `${roles[role] ?? `A ${answerInWords(role)}`.replace(/^A (?=[aeiou])/, 'An ')} (${person})`

/** `one, two and three`. */
export const listed = (all: readonly string[]): string =>
  all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join('')

export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** A text without the full stop that its sentence brings. */
export const plain = (text: string): string => text.trim().replace(/\.$/, '')

/** What somebody wrote, in quotation marks and with one full stop. */
export const quoted = (text: string): string =>
  `“${plain(text)}${/[!?]$/.test(plain(text)) ? '' : '.'}”`

export const counted = (n: number, noun: string): string =>
  `${['no', 'one', 'two', 'three', 'four', 'five'][n] ?? n} ${noun}${n === 1 ? '' : 's'}`

/** Instants order events; the day that people know is the one in London. */
const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
export const dayOf = (at: string): string => london.format(new Date(at))
