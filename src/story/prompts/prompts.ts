/** The questions to practise for, each with what in a story serves it, and how to open there. */
export type Prompt = {
  readonly title: string;
  /** As it is asked. */
  readonly question: string;
  /** A sentence that one of these matches is where to open; without one the story hardly serves. */
  readonly hooks: readonly RegExp[];
  /** What else speaks for the story. */
  readonly helps: readonly RegExp[];
  /** How to open; the hook's sentence follows it. */
  readonly open: string;
};

const MINUTES =
  /\bT ?\+ ?\d{1,3}\b(?! ?(?:d|days?|h|hours?))|\b\d{1,2}:\d{2}\b|\bwithin \w+ minutes\b/i;
const COST = /\b(?:each|every|per|another|an|a) (?:second|minute|hour)\b|[$€£]\s?\d/i;
const STOPPED =
  /\bmitigat\w*|\brolled back\b|\breverted\b|\bpaused\b|\bturned [^.]{0,20}off\b|\bswitched\b/i;

export const prompts = {
  outage: {
    title: 'an outage you handled',
    question: 'Tell me about an outage that you handled.',
    hooks: [/\b(?:fail(?:ed|ing|s)?|errors?|timed out|down|outage|unavailable|500s?|refused)\b/i],
    helps: [STOPPED, MINUTES, /\d+(?:\.\d+)? ?%/],
    open: 'Open with what failed, for whom, and T+0; then go straight to what you stopped first.',
  },
  'bug-under-pressure': {
    title: 'a critical bug under pressure',
    question: 'Tell me about a critical bug that you solved under pressure.',
    hooks: [/\b(?:fix|bug|race|leak|null|overflow|cause|reason)\w*\b/i],
    helps: [COST, MINUTES, /\breproduc\w+/i],
    open: 'Open with what each minute cost, and keep the bug for the middle.',
  },
  stressful: {
    title: 'your most stressful incident',
    question: 'What was the most stressful incident that you were part of?',
    hooks: [COST, /\b\d[\d,]* (?:people|users|customers|requests|orders|payments)\b/i],
    helps: [MINUTES, /\b(?:decide|choice|choices|options|weighed|could)\b/i, STOPPED],
    open: 'Open with the stakes in one figure, then with the calm step that you took first.',
  },
  misdiagnosis: {
    title: 'a misdiagnosis',
    question: 'Tell me about a time when you diagnosed a problem wrongly.',
    hooks: [
      /\b(?:suspect(?:ed)?|theory|hypothes\w+|believed|belief|argued|assumed|proxy|misread|misjudged|at first I thought|held on to)\b/i,
    ],
    helps: [
      /\b(?:refut\w+|predict\w+|proved|turned out|ignored)\b/i,
      /\bI (?:had|held|argued|believed|assumed|trusted|lost)\b/i,
    ],
    open: 'Open with the explanation that you believed and what it predicted; then with what refuted it.',
  },
  'fast-decision': {
    title: 'a fast technical decision',
    question: 'Describe a technical decision that you had to take fast.',
    hooks: [
      /\b(?:decid\w+|weighed|choice|choices|options?|I could|we could|rather than|recommended|chose)\b/i,
    ],
    helps: [MINUTES, COST, /\brevers\w+|\bundo\w*|\bundone\b/i],
    open: 'Open with the choices on the table and the minutes that you had.',
  },
  'unexpected-cause': {
    title: 'a cause you did not expect',
    question: 'Tell me about a problem whose cause you did not expect.',
    hooks: [
      /\b(?:turned out|proved to be|unexpected|surpris\w+|both sides were right|nobody expected|ignored the)\b/i,
      /\b(?:suspect|theory|belief|believed)\b/i,
    ],
    helps: [/\breproduc\w+/i, /\b(?:cause|reason)\b/i],
    open: 'Open with what everybody believed, and keep the cause for the turn of the story.',
  },
  'own-decision': {
    title: 'a decision of yours that caused an incident',
    question: 'Tell me about a decision of yours that caused an incident.',
    hooks: [
      /\bmy (?:own )?(?:change|push|deploy|release|decision|script|migration|setting)\b/i,
      /\bI (?:ran|widened|pushed|merged|deployed|set) (?:a|an|the)\b/i,
    ],
    helps: [/\bI (?:declared|told|said|owned)\b/i, STOPPED],
    open: 'Open with your decision and why it seemed right; own it in the first sentence.',
  },
  'failed-fast': {
    title: 'failed fast and recovered',
    question: 'Tell me about a time when you failed fast and recovered.',
    hooks: [
      /\bmy (?:own )?(?:change|push|deploy|release|decision|script|experiment)\b/i,
      /\b(?:stopped the (?:staged )?roll-?out|canary|experiment|1 %)\b/i,
    ],
    helps: [STOPPED, MINUTES, /\b(?:learn\w*|sooner|now)\b/i],
    open: 'Open with how small you kept the attempt, and how soon you saw that it failed.',
  },
  'feature-failed': {
    title: 'a feature that failed in production',
    question: 'Tell me about a feature that failed in production.',
    hooks: [
      /\b(?:feature|release|launch\w*|roll-?out|onboarding|new version|deploy\w*|experiment|flag)\b/i,
    ],
    helps: [/\d+(?:\.\d+)? ?%/, STOPPED, /\b(?:customers|users|sign-ups)\b/i],
    open: 'Open with what the feature was for, then tell it as CIRCLES.',
  },
  'outside-team': {
    title: 'a problem outside your team',
    question: 'Tell me about a problem that you solved outside your own team.',
    hooks: [
      /\b(?:another|other|neither|no) team\w*\b|\b(?:isn't|not|wasn't) (?:ours|mine)\b|\bbelongs? to\b|\bnobody owns\b|\b(?:two|three|four|several) (?:other )?teams\b/i,
    ],
    helps: [
      /\b(?:nobody|no one) (?:had )?asked\b|\bno ticket\b|\bunasked\b/i,
      /\b(?:adopted|took|agreed|merged|subscribed)\b/i,
    ],
    open: 'Open with whose it was, and why you went there unasked.',
  },
  'little-information': {
    title: 'acting without full information',
    question: 'Tell me about a time when you had to act without full information.',
    hooks: [
      /\b(?:little|without|not enough|incomplete|partial) information\b|\bbefore (?:I|we) (?:understood|understand|knew|know|explain\w*)\b|\bcan(?:not|'t) be cleared\b|\bdid(?:n't| not) know\b|\bnot yet (?:know|clear)\b/i,
      /\brevers(?:ible|ed)\b|\bundone\b|\bundo\b/i,
    ],
    helps: [COST, MINUTES, /\b(?:waiting|doing nothing)\b/i],
    open: 'Open with what you did not know, and with the step that could be undone.',
  },
} as const satisfies Readonly<Record<string, Prompt>>;

export type PromptId = keyof typeof prompts;

export const promptIds = Object.keys(prompts).filter(isPrompt);

export function isPrompt(name: string): name is PromptId {
  return Object.hasOwn(prompts, name);
}
