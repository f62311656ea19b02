import type { StorySentence, StoryText } from '../text/story-text.ts';
import { actsOf, type Acts } from './acts-of-story.ts';
import { cite, EARNED, type CitedSentence, type ElementScore, type Judged } from './signal.ts';

/** An element of a signal as data: sentences that any of the patterns matches say it. */
export type Element = {
  /** What is said, for "… is said" and "… is missing". */
  readonly name: string;
  readonly weight: number;
  readonly cues: readonly RegExp[];
  /** Held against a sentence together with the one behind it: what people say in one breath, and write in two sentences. */
  readonly cuesOfTwo?: readonly RegExp[];
  /** Where it is told; anywhere if left out. */
  readonly act?: keyof Acts;
  /** From which part of the story on it is told, from 0 to 1. */
  readonly part?: number;
  /** A sentence that one of these matches does not say it. */
  readonly unless?: readonly RegExp[];
  /** The next edit where it is missing. */
  readonly edit: string;
};

/** What takes a signal away, whatever else is said. */
export type Loss = {
  readonly cues: readonly RegExp[];
  readonly unless?: readonly RegExp[];
  readonly reason: string;
  readonly edit: string;
};

export type ElementRules = {
  readonly elements: readonly Element[];
  readonly losses?: readonly Loss[];
  /** Beside which sentence a missing element belongs, the first that is found; else the last sentence. */
  readonly beside: readonly RegExp[];
};

type Matcher = Pick<Element, 'cues' | 'cuesOfTwo' | 'unless' | 'act' | 'part'>;

/** The first sentence that a matcher takes by itself, else the first that it takes with the one behind it. */
export function findSentence(
  story: StoryText,
  { cues, cuesOfTwo = [], unless = [], act, part = 0 }: Matcher,
): StorySentence | undefined {
  const { sentences } = story;
  const from = Math.floor(sentences.length * part);
  const among = (act === undefined ? sentences : actsOf(story)[act]).filter(
    ({ nth, text }) => nth >= from && !unless.some((cue) => cue.test(text)),
  );
  return (
    among.find(({ text }) => cues.some((cue) => cue.test(text))) ??
    among.find(({ text, nth }) => {
      const both = `${text} ${sentences[nth + 1]?.text ?? ''}`;
      return cuesOfTwo.some((cue) => cue.test(both));
    })
  );
}

export function judgeElements(
  story: StoryText,
  { elements, losses = [], beside }: ElementRules,
): Judged {
  const scores = elements.map(({ name, weight, edit, ...matcher }): ElementScore => {
    const found = findSentence(story, matcher);
    return {
      name,
      weight,
      share: found === undefined ? 0 : 1,
      sentence: found === undefined ? null : cite(found, 'earned'),
      edit,
    };
  });
  for (const { reason, edit, ...matcher } of losses) {
    const lost = findSentence(story, matcher);
    if (lost !== undefined) {
      return { score: 0, sentence: cite(lost, 'lost'), reason, edit, elements: scores };
    }
  }
  return weigh(scores, anchor(story, beside));
}

/** A score from its elements: what is there is said, and the heaviest that is missing is the next edit. */
export function weigh(elements: readonly ElementScore[], place: CitedSentence | null): Judged {
  const score = elements.reduce((sum, { weight, share }) => sum + weight * share, 0);
  const missing = elements
    .filter(({ share }) => share < 1)
    .toSorted((a, b) => b.weight * (1 - b.share) - a.weight * (1 - a.share));
  const earned = elements
    .filter(({ share, sentence }) => share > 0 && sentence !== null)
    .toSorted((a, b) => b.weight * b.share - a.weight * a.share)[0];
  const said = elements.filter(({ share }) => share === 1).map(({ name }) => name);
  const [next] = missing;
  return {
    score,
    sentence: score >= EARNED - 1e-9 ? (earned?.sentence ?? place) : place,
    reason: [
      ...(said.length === 0 ? [] : [`Said: ${said.join('; ')}.`]),
      ...(missing.length === 0 ? [] : [`Missing: ${missing.map(({ name }) => name).join('; ')}.`]),
    ].join(' '),
    edit: next?.edit ?? '',
    elements,
  };
}

/** Where an edit belongs. */
export function anchor(story: StoryText, beside: readonly RegExp[]): CitedSentence | null {
  for (const cue of beside) {
    const found = findSentence(story, { cues: [cue] });
    if (found !== undefined) return cite(found, 'extend');
  }
  const last = story.sentences.at(-1);
  return last === undefined ? null : cite(last, 'extend');
}
