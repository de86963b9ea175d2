import type { WorkedCase } from '../casework/demonstration/open-demonstration.ts'
import { lookUp } from '../domain/fact.ts'
import { type FindingVerdict, stages } from '../domain/lists.ts'
import { inWords } from '../domain/plain-date.ts'
import { agencyWords, confirmationWords, statusWords } from '../recommend/words.ts'
import { answerInWords, capital } from '../rules/explain.ts'
import type { RuleSet } from '../rules/rule-set.ts'

/** What the worked-case page shows: the stored facts and the recommendation frozen with them. */
export function workedCasePage(stored: WorkedCase, set: RuleSet) {
  const it = stored.recommendation
  return {
    reference: stored.reference,
    title: set.title,
    asAt: inWords(it.ruleSet.asAt),
    status: statusWords[it.status],
    it,
    offences: it.offences.map((offence) => ({
      ...offence,
      options: offence.options.map((option) => ({
        ...option,
        onHold: option.heldBy.some(({ verdict }) => verdict === 'met'),
      })),
    })),
    known: knownFacts(stored, set),
    stages: stages
      .map((stage) => ({
        name: stage.replace('-', ' '),
        requirements: it.requirements
          .filter((one) => one.verdict === 'met' && one.state !== 'done' && one.before === stage)
          .map((one) => ({ ...one, who: agencyWords(one.of) })),
      }))
      .filter(({ requirements }) => requirements.length > 0),
    questions: it.needToKnow.map((one) => ({
      ...one,
      who:
        one.answeredBy === 'worked-out'
          ? `follows from ${one.workedOutFrom.join(' and ')}`
          : agencyWords(one.answeredBy),
    })),
    findings: [...it.findings].sort(
      (a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict),
    ),
    standings,
    verdicts,
    confirmations: confirmationWords,
  }
}

function knownFacts({ given }: WorkedCase, { policy }: RuleSet) {
  const shown = (facts: Record<string, unknown>, prefix = '') =>
    Object.entries(facts)
      .filter(([, answer]) => answer !== null)
      .map(([id, answer]) => ({
        name: `${prefix}${capital(lookUp(policy.facts, id)?.name ?? id)}`,
        answer:
          id === 'offence.code'
            ? (policy.offences.get(String(answer))?.title ?? String(answer))
            : answerInWords(answer as string | number | string[]),
      }))
  const many = (given.offences?.length ?? 0) > 1
  return [
    ...shown(given.facts),
    ...(given.offences ?? []).flatMap((one, i) => shown(one, many ? `Offence ${i + 1}: ` : '')),
    ...(given.victims ?? []).flatMap(({ facts }, i) =>
      shown(facts, given.victims?.length === 1 ? '' : `Victim ${i + 1}: `),
    ),
  ]
}

const standings = {
  open: { text: 'Open', classes: 'govuk-tag--green' },
  'ruled-out': { text: 'Ruled out', classes: 'govuk-tag--red' },
  'cannot-tell': { text: 'Cannot tell yet', classes: 'govuk-tag--yellow' },
}

const verdictOrder: FindingVerdict[] = ['met', 'need-to-know', 'not-met', 'does-not-apply']

const verdicts: Record<FindingVerdict, string> = {
  met: 'met',
  'need-to-know': 'cannot tell yet',
  'not-met': 'not met',
  'does-not-apply': 'not about this case',
}
