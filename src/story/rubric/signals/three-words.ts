import { anchor, weigh } from '../elements.ts';
import { readStages } from '../read-stages.ts';
import { cite, type ElementScore, type Signal } from '../signal.ts';
import { FIX_WORDS, MITIGATION_ACTS } from '../stages.ts';

/** Signal 2. */
export const threeWords: Signal = {
  id: 'three-words',
  judge({ story }) {
    const { mitigation, fix, prevention, oneWord } = readStages(story);
    const stage = (
      name: string,
      weight: number,
      sentence: typeof mitigation,
      edit: string,
    ): ElementScore => ({
      name,
      weight,
      share: sentence === undefined ? 0 : 1,
      sentence: sentence === undefined ? null : cite(sentence, 'earned'),
      edit,
    });
    const elements = [
      stage(
        'the mitigation',
        0.35,
        mitigation,
        'Name what stopped the impact, apart from the fix: "That was the mitigation; the cause was still there".',
      ),
      stage('the fix', 0.2, fix, 'Name what removed the cause: "The fix was …".'),
      stage(
        'the prevention',
        0.45,
        prevention,
        'Name what keeps this kind of cause away: "To prevent the next one, … now refuses …".',
      ),
    ];
    if (oneWord === undefined) return weigh(elements, anchor(story, [FIX_WORDS, MITIGATION_ACTS]));
    const one = story.sentences.find(({ text }) => text.includes(oneWord));
    return {
      score: 0,
      sentence: one === undefined ? null : cite(one, 'lost'),
      reason: `One word ("${oneWord.toLowerCase()}") stands for all three.`,
      edit: 'Use three words: mitigation (the impact stopped), fix (the cause removed), prevention (this kind of cause kept away), with a sentence for each.',
      elements,
    };
  },
};
