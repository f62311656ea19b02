import { flags, type Finding } from '../../../review/index.ts';
import { anchor, findSentence } from '../elements.ts';
import { cite, type ElementScore, type Signal } from '../signal.ts';
import { FIX_WORDS } from '../stages.ts';
import type { StorySentence, StoryText } from '../../text/story-text.ts';

/** Conditions that systems have: what a cause is told by. */
const SYSTEM_CAUSE: readonly RegExp[] = [
  /\b(?:causes?|reason|mechanism|explanation|contributing factors?|race|defaults?)\b[^.;]{0,160}\b(?:is|are|was|were|had|did|turned out)\b/i,
  /\b(?:the|root|actual) (?:cause|reason)s?:/i,
  /\b(?:because|since|as|so that|so|when|which)\b[^.;]{0,120}\b(?:no|not|never|without|missing|only|lacked|dropped|leaked|skipped|reused|overflowed|shared|raced|failed|could not)\b/i,
  /\bI (?:found|traced|discovered|saw|learned) (?:it|that|the|a|out)\b[^.;]{8,}/i,
  /\b(?:missing|lacked|leaks?|leaked|race|deadlock|timeout|overflow|mismatch|default)\b/i,
];

/** Flags that a story of one's own judgement may raise about oneself: that is reflection, not blame. */
const OWN = /\b(?:I|I'd|I've|me|my|myself|mine)\b/i;

/** A sentence in which the teller stands: what it says of a past that did not happen is reflection. */
const OWN_SIDE = /\b(?:I|I'd|I've|my|me|myself|mine)\b/;
/** What ownership is told by: signal 7 asks for it. */
const UNASKED =
  /^(?:nobody|no one|no-one|none)\b[^.;]{0,40}\b(?:asked|assigned|reported|told|raised|knew|noticed|seen|saw|flagged|complained|said)$/i;
/** Nobody is blamed, and no words of a cause are found: mostly they were only not recognised. */
const UNTOLD = 0.7;

/** Signal 4: one blaming sentence loses it, whatever else is said. */
export const blameless: Signal = {
  id: 'blameless',
  judge({ story, findings }) {
    const blame = findings.filter((finding) => isBlame(finding, story));
    const told =
      findSentence(story, { cues: SYSTEM_CAUSE, act: 'late' }) ??
      findSentence(story, { cues: SYSTEM_CAUSE });
    const cause: ElementScore = {
      name: 'a cause in the system',
      weight: 1,
      share: told === undefined ? UNTOLD : 1,
      sentence: told === undefined ? null : cite(told, 'earned'),
      edit: 'Say which condition in the system let it happen: "The script checked one follower only, so …".',
    };
    const [first] = blame;
    const at = first === undefined ? undefined : sentenceAt(story, first.start.offset);
    if (first !== undefined) {
      return {
        score: 0,
        sentence: at === undefined ? null : cite(at, 'lost'),
        reason: `"${first.phrase}" looks at people. ${first.reason}`,
        edit: first.rewrite,
        elements: [cause],
      };
    }
    return {
      score: cause.share,
      sentence: cause.sentence ?? anchor(story, [FIX_WORDS]),
      reason:
        told === undefined
          ? 'Nobody is blamed, but no cause is said.'
          : 'The cause is a condition of the system, and nobody is blamed.',
      edit: told === undefined ? cause.edit : '',
      elements: [cause],
    };
  },
};

/** Names are signal 8's, and resolutions such as "be more careful" disqualify by themselves. */
const elsewhere: ReadonlySet<string> = new Set([
  'name',
  'try-harder',
  'training-only',
  'unmeasured',
]);

function isBlame({ flag, phrase, start }: Finding, story: StoryText): boolean {
  if (flags[flag].kind !== 'blame' || elsewhere.has(flag)) return false;
  const sentence = sentenceAt(story, start.offset);
  // What one says of one's own judgement, as reflection asks for it.
  const before = sentence?.text.slice(0, start.offset - sentence.from) ?? '';
  const isOwn = OWN.test(phrase) || OWN.test(before.slice(-24));
  if (isOwn && (flag === 'hindsight' || flag === 'person-failed' || flag === 'failed-to')) {
    return false;
  }
  if (flag === 'hindsight' && OWN_SIDE.test(sentence?.text ?? '')) return false;
  return !UNASKED.test(phrase);
}

function sentenceAt({ sentences }: StoryText, offset: number): StorySentence | undefined {
  return sentences.find(({ from, to }) => from <= offset && offset < to);
}
