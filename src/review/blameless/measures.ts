import type { Word } from './word.ts';

/** Numbers in words, but for "one", which is an article as often. */
const NUMBER =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|million|zero|half|quarter|nightly|daily|hourly|weekly';
const DATE =
  'january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday|noon|midnight';
/** What acts without anybody remembering it. */
const GUARDRAIL =
  'refuse[sd]?|reject(?:s|ed)?|block(?:s|ed)?|alert(?:s|ed)?|ci|drills?|canary|gate[sd]?|test(?:s|ed)?|automatic(?:ally)?|automate[sd]?|detectors?|verif(?:y|ied|ies)|linter|lint|enforce[sd]?|constraint|schema|limits?|checks?|guards?|pipeline';

const numberWord = new RegExp(`^(?:\\d.*|${NUMBER})$`);
const measure = new RegExp(`(?<![\\p{L}\\d])(?:\\d|(?:${NUMBER}|${DATE})(?!\\p{L}))`, 'iu');
const guardrail = new RegExp(`(?<![\\p{L}\\d])(?:${GUARDRAIL})(?!\\p{L})`, 'iu');

export function isNumber({ lower, kind }: Word): boolean {
  return kind === 'word' && numberWord.test(lower);
}

/** Whether a text holds a number, a time or a date. */
export function hasMeasure(text: string): boolean {
  return measure.test(text);
}

/** Whether a text names something that acts without anybody remembering it. */
export function hasGuardrail(text: string): boolean {
  return guardrail.test(text);
}
