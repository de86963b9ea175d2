import { linkColumns, ofNobody, ofStaff, ofTheCase, type RegisterGroup } from './field.ts'

const covers = 'A digest of what was written in the same act and is never changed'

export const log: RegisterGroup = {
  access_log: {
    holds: 'Who read or wrote what, and when',
    regime: ofTheCase,
    seen: 'action:audit.read',
    columns: {
      ...linkColumns,
      at: 'When',
      person: { purpose: 'Who, by id', regime: ofStaff },
      role: { purpose: 'In which role', regime: ofStaff },
      agency: { purpose: 'For which agency', regime: ofStaff },
      action: 'What was done',
      request: 'On which request, to compare with other logs',
      purpose: 'Why, where somebody said so',
      area: 'In which part of the partnership the case was',
      referral: 'The case',
      child: 'The child, by id',
      clinic: 'The clinic, where a clinic was read or changed',
      covers,
    },
  },
  case_event: {
    holds: 'What happened to cases, in ids and codes',
    regime: ofTheCase,
    seen: 'part:history',
    columns: {
      ...linkColumns,
      id: 'Its id',
      referral: 'The case',
      child: 'The child, by id',
      version: 'The version of the case that was made with it',
      place: 'Its place among the events of the same act',
      access: 'The row of the access log that says who wrote it',
      chart: 'The chart that it moved',
      delivery: 'The delivery that it happened to',
      type: 'What happened',
      at: 'When',
      actor: { purpose: 'Who did it: id, role and agency', regime: ofStaff },
      body: 'The whole event, in ids and codes',
      covers,
    },
  },
  rule_set: {
    holds: 'Rule sets, so that an old case can be explained',
    regime: ofNobody,
    seen: 'action:rules.read',
    columns: {
      ...linkColumns,
      digest: 'The rule set’s own digest, by which recommendations name it',
      at: 'When it was first kept',
      content: 'The rules as they were, made small',
    },
  },
  rule_set_event: {
    holds: 'Who proposed, approved or withdrew a rule set, and from when it holds',
    regime: ofNobody,
    seen: 'action:rule-set.read-versions',
    columns: {
      ...linkColumns,
      id: 'Its id',
      rule_set: 'The rule set, by its digest',
      type: 'What happened',
      at: 'When',
      actor: { purpose: 'Who did it: id, role and agency', regime: ofStaff },
      body: 'The whole event, in ids and codes',
      notes: 'The words that go with it: impact, equality, why it was withdrawn',
    },
  },
}
