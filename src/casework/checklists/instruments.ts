import type { Confirmation } from '../../domain/lists.ts'

/** One point of a form. */
export type Point = {
  id: string
  /** What the point wants to know, in our words. */
  title: string
  /** The number by which the rules ask for it (`point:` in a rule file). */
  number?: number
  /** The fact that carries its answer; its question and its answers stand in rules/facts.yaml. */
  fact?: string
  /** What it may be answered with, where no fact carries it. */
  answers?: readonly string[]
  /** The victim's own matters are recorded with the victim, never in a form about the child. */
  keptWith?: 'victim'
  confirmed: Confirmation
}

/** A form that goes with a case. Which one applies, and when, the rules say. */
export type Instrument = {
  id: 'ten-points' | 'child-information-form'
  title: string
  /** The fact that says how far it is. */
  progress: 'case.ten_point_checklist' | 'case.child_information_form'
  /** Who alone may write it, where it may not be handed on. */
  writtenBy?: 'police'
  /** How well its points are known, and what is not. */
  confirmed: string
  points: readonly Point[]
}

const point = (number: number, fact: string, title: string, more: Partial<Point> = {}): Point => ({
  id: String(number),
  number,
  fact,
  title,
  confirmed: 'read',
  ...more,
})

const tenPoints: Instrument = {
  id: 'ten-points',
  title: 'The ten points for a child in care',
  progress: 'case.ten_point_checklist',
  confirmed:
    'Nine of the ten were read; the child’s own account is recalled. Order and wording are ours.',
  points: [
    point(1, 'home.behaviour_policy_seen', 'What the home’s own policy on behaviour says'),
    point(2, 'home.police_called_within_policy', 'Why the police came, and if the policy said so'),
    point(3, 'home.informal_action_taken', 'What the home has already done about it'),
    point(4, 'home.apology_or_reparation', 'Whether there was an apology or making good'),
    point(5, 'victim.views_sought', 'What the victim wants', { keptWith: 'victim' }),
    point(6, 'home.social_worker_view', 'What the child’s social worker thinks'),
    point(7, 'home.care_plan_seen', 'What the care plan says'),
    point(8, 'home.recent_behaviour_described', 'How the child has been lately'),
    point(9, 'home.childs_account', 'What the child said in the police interview', {
      confirmed: 'recalled',
    }),
    point(
      10,
      'home.aggravating_and_mitigating_listed',
      'What makes it more serious, and what makes it less',
    ),
  ],
}

const section = (id: string, title: string, ...more: string[]): Point => ({
  id,
  title,
  answers: ['complete', 'part', 'not-started', ...more],
  confirmed: 'read-in-part',
})

/**
 * Five sections are always filled in and three where they apply; that much is confirmed. Their
 * titles and questions could not be read, so none stand here: people work from the form itself.
 */
const childInformationForm: Instrument = {
  id: 'child-information-form',
  title: 'The Child Information Form',
  progress: 'case.child_information_form',
  writtenBy: 'police',
  confirmed:
    'Confirmed: five sections always and three where they apply. Not confirmed: titles and questions.',
  points: [
    ...['first', 'second', 'third', 'fourth', 'fifth'].map((nth, i) =>
      section(`always-${i + 1}`, `The ${nth} of the sections that are always filled in`),
    ),
    ...['first', 'second', 'third'].map((nth, i) =>
      section(
        `where-it-applies-${i + 1}`,
        `The ${nth} of the sections for where they apply`,
        'does-not-apply',
      ),
    ),
  ],
}

export const instruments: readonly Instrument[] = [tenPoints, childInformationForm]
export const instrumentIds = ['ten-points', 'child-information-form'] as const

/** An instrument by its id. */
export const instrumentOf = (id: Instrument['id']): Instrument =>
  id === 'ten-points' ? tenPoints : childInformationForm
