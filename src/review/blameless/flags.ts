import type { Section } from './sections.ts';

export type Flag = {
  /** What it is about, for a list of rules. */
  readonly title: string;
  /** Of a finding: why the phrase does not help. */
  readonly reason: string;
  readonly rewrite: string;
  /** `blame` blocks also outside the strict sections, timelines and quotations apart; `wording` only warns there. */
  readonly kind: 'blame' | 'wording';
  /** The only sections in which it applies; all, where it is left out. */
  readonly sections?: readonly Section[];
};

/** Every flag: what is said of it, and where it applies. The patterns are in rules/. */
export const flags = {
  'person-failed': {
    title: 'A person or team forgot, ignored, missed, neglected, broke, caused',
    reason: 'It ends the search at a person; the next person meets the same conditions.',
    rewrite: 'Say which cue or check was absent: "Nothing showed that …", "The form accepts …".',
    kind: 'blame',
  },
  'failed-to': {
    title: 'Somebody failed to, nobody checked',
    reason: 'It names an act that did not happen; many acts did not happen.',
    rewrite: 'Say what was not there: "No check existed for …".',
    kind: 'blame',
  },
  'human-error': {
    title: 'Human error, operator error, user error',
    reason: 'Human error is where the questions begin: it explains nothing.',
    rewrite: 'Say under which conditions the act made sense: "The console shows … alike".',
    kind: 'blame',
  },
  insult: {
    title: 'Careless, lazy, sloppy, negligent, stupid',
    reason: 'It judges character, and nobody can act on that.',
    rewrite: 'Strike the word, and say what was done and what made it the easy way.',
    kind: 'blame',
  },
  hindsight: {
    title: 'Should have, could have, if only, would have been prevented',
    reason: 'It tells of a past that did not take place, known only afterwards.',
    rewrite: 'Make it an action item: "From … on, … stops/alerts/refuses …".',
    kind: 'blame',
  },
  certainty: {
    title: 'Obviously, clearly, simply, just, knew or should have known',
    reason: 'It was not plain at that time, or it would have been done.',
    rewrite: 'Say what was visible at that time: "At 14:05 the graph showed …".',
    kind: 'wording',
  },
  'who-why': {
    title: 'Who did, why did you',
    reason: '"Who" and "why did you" ask for a culprit and get a defence.',
    rewrite: 'Ask how and what: "What made … the next step?", "How did … pass?".',
    kind: 'blame',
  },
  guilt: {
    title: 'Fault, blame, guilty, responsible for the outage',
    reason: 'Guilt is not a property of a system and prevents nothing.',
    rewrite: 'Name a contributing factor: "A factor was that …".',
    kind: 'blame',
  },
  name: {
    title: 'A name or @handle in causes or lessons',
    reason: 'A name ties the cause to one person.',
    rewrite: 'Write the role: "the engineer on call".',
    kind: 'blame',
    sections: ['causes', 'lessons'],
  },
  'try-harder': {
    title: 'Be more careful, pay attention, double-check',
    reason: 'Resolutions last until the next busy day.',
    rewrite: 'Name a guardrail: "… refuses …", "… asks for … before …".',
    kind: 'blame',
  },
  'training-only': {
    title: 'Reminding or training people as the only prevention',
    reason: 'People change and forget; the next one was not there.',
    rewrite: 'Automate it, and train beside that: "The pipeline refuses … from … on".',
    kind: 'blame',
    sections: ['prevention', 'actions', 'lessons'],
  },
  unmeasured: {
    title: 'Improve, look into, make better, without a measure',
    reason: 'Nobody can tell when it is done.',
    rewrite: 'Give it a measurable end: "… from 20 min to 5, shown by …, by (date)".',
    kind: 'wording',
    sections: ['prevention', 'actions'],
  },
  'single-cause': {
    title: 'The root cause, in the singular',
    reason: 'Several conditions had to meet; the first one named hides the others.',
    rewrite: 'List contributing factors: "Contributing factors: …, …".',
    kind: 'wording',
  },
  'process-not-followed': {
    title: 'Did not follow the process',
    reason: 'What is written down was not how the work runs.',
    rewrite: 'Say how the work really runs: "In practice … is done by …, because …".',
    kind: 'blame',
  },
  disobedience: {
    title: 'Violated, disobeyed, refused',
    reason: 'It tells of obedience instead of reasons.',
    rewrite: 'Say what made the other way reasonable: "At that time … was quicker/safer, as …".',
    kind: 'blame',
  },
  untimed: {
    title: 'Too slow, too late, without a time',
    reason: 'Without a time it is a judgement.',
    rewrite: 'Give the timestamps: "At 14:22, 17 min after …".',
    kind: 'wording',
  },
  exaggeration: {
    title: 'Unbelievable, ridiculous, !!!',
    reason: 'It tells how somebody felt, and nothing of size.',
    rewrite: 'Give the figure: "… of … deliveries, for … min".',
    kind: 'wording',
  },
  'partial-outage': {
    title: 'Outage, where the impact is partial',
    reason: 'An outage is everything; readers act on the word.',
    rewrite: 'Write "degradation", with the percentage: "4 % of … failed for 25 min".',
    kind: 'wording',
  },
  luck: {
    title: 'Luck under "went well"',
    reason: 'What went well by luck goes badly next time.',
    rewrite: 'Move it to "where luck helped", and say what would have to be there instead.',
    kind: 'wording',
    sections: ['went-well'],
  },
  heroics: {
    title: 'Worked through the night, single-handedly saved',
    reason: 'A rescue by one person is a risk that was taken, not a strength.',
    rewrite: 'Write of roles, rotation and escalation: "… was handed over at …".',
    kind: 'wording',
  },
  deficit: {
    title: 'Lack of attention, complacency, inexperience',
    reason: 'It is something that a person is said to lack; that explains every incident alike.',
    rewrite:
      'Say what would have drawn attention, or what the task asked for that nothing supplied.',
    kind: 'blame',
  },
  punishment: {
    title: 'Warned, dismissed, held accountable',
    reason: 'Where acts are punished, the next incident is reported late.',
    rewrite: 'Strike it; a guardrail belongs here: "… now needs …".',
    kind: 'blame',
  },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagId = keyof typeof flags;
