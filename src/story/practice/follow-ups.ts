import type { SignalId } from '../rubric/signal.ts';

/** What is asked next where a signal is weak; two of them each time, by turns. */
const followUps: Readonly<Record<SignalId, readonly [string, string, ...string[]]>> = {
  timeline: [
    'When exactly did it begin, and when had the impact stopped?',
    'What did you look at a week later, and a month later?',
    'What did you know at T+5 that you did not know at T+0?',
  ],
  'three-words': [
    'What stopped the impact, and what removed the cause? Those are two things.',
    'What keeps the same kind of fault out of the next service?',
    'If the fix had failed, which part of what you did would still have held?',
  ],
  reversible: [
    'Which other action did you consider, and what would it have cost?',
    'What did each minute of waiting cost?',
    'How would you have undone it if you had been wrong?',
  ],
  blameless: [
    'What in the system made that possible?',
    'What would the next person in that place have done, with the same information?',
    'Which check was absent?',
  ],
  prevention: [
    'Which guardrail refuses this today, and since when?',
    'How did it get adopted and deployed?',
    'How would you know if somebody removed it?',
  ],
  reflection: [
    'What would you do differently?',
    'Which decision of yours took too long, and what would have shortened it?',
    'What have you done otherwise in the incident after this one?',
  ],
  ownership: [
    'Why you?',
    'Who had asked for it, and whose service was it?',
    'What would have happened if you had not begun?',
  ],
  voice: [
    'Which of these decisions was your own?',
    'What did you do while the others worked on it?',
    'Whom did you have to convince, and how?',
  ],
  result: [
    'What was the figure before, and what is it now?',
    'What is that worth to the company, and how do you know?',
    'Who uses it today beside your team?',
  ],
  'follow-through': [
    'How did you verify it?',
    'How did the fix get deployed, and what would have stopped it?',
    'How did you reproduce the failure before you changed anything?',
  ],
};

/** Two questions about a signal; the `nth` time others than the time before. */
export function followUpsFor(signal: SignalId, nth: number): readonly [string, string] {
  const all = followUps[signal];
  const at = (place: number): string => all[place % all.length] ?? all[0];
  return [at(nth * 2), at(nth * 2 + 1)];
}
