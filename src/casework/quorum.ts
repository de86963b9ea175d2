import type { Agency } from '../domain/lists.ts'
import type { Partnership } from '../rules/catalogue.ts'
import { countsFor, type Sitter } from './clinics/seats.ts'
import type { AnswerEntry } from './ports.ts'

/** Whether enough people are there for one case, and who is missing. */
export type Quorum = { state: 'met' | 'not-met'; missing: readonly string[] }

type Rule = Partnership['panel']['quorum']['value']

/**
 * The quorum of one case: the partnership's own members, one of those of whom any will do, and the
 * extra members that this case needs. A member who is needed by something nobody knows is needed.
 * The police are there where somebody is who may decide for them.
 * @param attendance those who are there, without anybody who has a conflict of interest in the case
 */
export function quorum(
  rule: Rule,
  attendance: readonly Sitter[],
  answers: readonly AnswerEntry[],
): Quorum {
  const there = new Set<Agency>(attendance.filter(countsFor).map(({ agency }) => agency))
  const onlyOfficers = attendance.some(({ agency }) => agency === 'police')
  const named = (agency: Agency) =>
    agency === 'police' && onlyOfficers ? 'police (a decision-maker)' : agency
  const all = rule.all_of.filter((agency) => !there.has(agency)).map(named)
  const any = rule.any_of.length === 0 || rule.any_of.some((agency) => there.has(agency))
  const extra = Object.entries(rule.extra)
    .filter(([why, agency]) => !there.has(agency) && isNeeded(why, answers))
    .map(([why, agency]) => `${agency} (${why})`)
  const missing = [...all, ...(any ? [] : [`one of ${rule.any_of.join(', ')}`]), ...extra]
  return { state: missing.length === 0 ? 'met' : 'not-met', missing: [...new Set(missing)] }
}

/** Why a case needs an extra member, by the name that the partnership's file gives the reason. */
const needs: Readonly<Record<string, (answers: readonly AnswerEntry[]) => boolean>> = {
  'looked-after': (answers) =>
    among(answers, 'child.care_status', ['looked-after']) ||
    among(answers, 'child.care_statuses', ['looked-after'], false),
  'school-offence': (answers) => among(answers, 'offence.place', ['school', 'further-education']),
}

/** A reason that we do not know counts as given, so that nobody is left out by a spelling. */
const isNeeded = (why: string, answers: readonly AnswerEntry[]): boolean =>
  needs[why]?.(answers) ?? true

function among(
  answers: readonly AnswerEntry[],
  fact: string,
  wanted: readonly string[],
  ifNotKnown = true,
): boolean {
  const given = answers.filter((one) => one.fact === fact && one.answer !== null)
  if (given.length === 0) return ifNotKnown
  return given.some(({ answer }) =>
    Array.isArray(answer)
      ? wanted.some((one) => answer.includes(one))
      : wanted.includes(String(answer)),
  )
}
