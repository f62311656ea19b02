import type { StorySentence } from '../../text/story-text.ts';
import { anchor } from '../elements.ts';
import { cite, type ElementScore, type Signal } from '../signal.ts';

const I = /\bI\b/;
const OWN = /\b(?:my|mine|myself)\b/;
/** Notes leave out their subject: "Took charge", "14:05 Opened an incident"; and "by me". */
const IMPLIED =
  /^\W*(?:(?:T ?\+ ?\d+ ?\w*|[\d:.]+)\W+)?(?:Took|Told|Led|Made|Sent|Wrote|Put|Got|Rang|Began|Ran|Went|Gave|Set|Saw|Found|Kept|[A-Z][a-z]+ed)\b(?! (?:by|were|was|to))|\bby me\b/;
const WE =
  /\b(?:we|our team|the team) (?:(?:then|also|quickly|finally|first|both|all|had|have|'ve|could|would) )*(?!(?:say|call|called it|are|were all|do|use|own|had been)\b)[a-z]+/i;

/** So many sentences of one's own acts are a story of one's own. */
const ENOUGH = 3;
/** From this share of "I" among "I" and "we" on, all is well; below the other, nothing is. */
const WELL = 0.75;
const BADLY = 0.35;

/** Signal 8. */
export const voice: Signal = {
  id: 'voice',
  judge({ story, findings }) {
    const own = story.sentences.filter(({ text }) => I.test(text) || IMPLIED.test(text));
    const shared = story.sentences.filter(
      ({ text }) => WE.test(text) && !I.test(text) && !OWN.test(text),
    );
    const named = findings.find(({ flag }) => flag === 'name');
    const all = own.length + shared.length;
    const share = all === 0 ? 0 : own.length / all;
    const told = Math.min(1, own.length / ENOUGH);
    const kept = Math.min(1, Math.max(0, (share - BADLY) / (WELL - BADLY)));
    const elements: ElementScore[] = [element('I for what I did', own[0], told * kept, shared[0])];
    const [we] = shared;
    const isNamed = named !== undefined;
    const score = Math.min(told * kept, isNamed ? 0.4 : 1);
    const namedAt = story.sentences.find(
      ({ from, to }) =>
        named !== undefined && from <= named.start.offset && named.start.offset < to,
    );
    const isLost = score < 0.6;
    const cited = isLost ? (namedAt ?? we) : own[0];
    return {
      score,
      sentence: cited === undefined ? anchor(story, []) : cite(cited, isLost ? 'lost' : 'earned'),
      reason: `${sentences(own.length)} say what I did, ${sentences(shared.length)} what we did.${isNamed ? ` "${named.phrase}" is a name.` : ''}`,
      edit: isNamed
        ? `Put the role in the place of "${named.phrase}".`
        : score === 1
          ? ''
          : we === undefined
            ? 'Say what you did yourself, step by step, beginning with "I".'
            : `Say who did it: "I" for your own act, the role for another's. Begin with "${we.text.slice(0, 60)}".`,
      elements,
    };
  },
};

function sentences(count: number): string {
  return count === 1 ? '1 sentence' : `${count} sentences`;
}

function element(
  name: string,
  sentence: StorySentence | undefined,
  share: number,
  we: StorySentence | undefined,
): ElementScore {
  return {
    name,
    weight: 1,
    share,
    sentence: sentence === undefined ? null : cite(sentence, 'earned'),
    edit: we === undefined ? 'Say what you did yourself.' : 'Say who of "we" did it.',
  };
}
