import { weigh, anchor } from '../elements.ts';
import { cite, type ElementScore, type Signal } from '../signal.ts';
import { MITIGATION_ACTS, MITIGATION_WORDS } from '../stages.ts';
import { timeMarkers } from '../time-markers.ts';

const WANTED = 4;

/** Signal 1. Clock times stand for T+…, the first of them for T+0. */
export const timeline: Signal = {
  id: 'timeline',
  judge({ story }) {
    const markers = timeMarkers(story);
    const near = markers.filter(({ kind }) => kind !== 'days');
    const begin =
      markers.find(({ kind }) => kind === 'begin') ??
      markers.find(
        ({ kind, text }) => kind === 'moment' && !/^T ?(?:\+|plus)|second|minute|hour/i.test(text),
      );
    const stops = story.sentences.filter(
      ({ text }) => MITIGATION_WORDS.test(text) || MITIGATION_ACTS.test(text),
    );
    const mitigated = near.find(
      ({ sentence, kind }) => kind === 'moment' && stops.some(({ nth }) => nth === sentence.nth),
    );
    const days = markers.find(({ kind }) => kind === 'days');
    const [first] = markers;
    const elements: ElementScore[] = [
      {
        name: `${WANTED} time markers`,
        weight: 0.4,
        share: Math.min(1, markers.length / WANTED),
        sentence: first === undefined ? null : cite(first.sentence, 'earned'),
        edit: `Put a time to each step: "At T+5 I …". There ${markers.length === 1 ? 'is 1' : `are ${markers.length}`} of ${WANTED}.`,
      },
      {
        name: 'T+0',
        weight: 0.2,
        share: begin === undefined ? 0 : 1,
        sentence: begin === undefined ? null : cite(begin.sentence, 'earned'),
        edit: 'Say when it began and what showed it: "At T+0, 14:03, I saw …".',
      },
      {
        name: 'the time of the mitigation',
        weight: 0.2,
        share: mitigated === undefined ? 0 : 1,
        sentence: mitigated === undefined ? null : cite(mitigated.sentence, 'earned'),
        edit: 'Say when the impact had stopped: "At T+… it was mitigated".',
      },
      {
        name: 'a time of a day or more',
        weight: 0.2,
        share: days === undefined ? 0 : 1,
        sentence: days === undefined ? null : cite(days.sentence, 'earned'),
        edit: 'Go on to T+1 d, T+7 d or T+30 d: when was the fix in, and what did the weeks show?',
      },
    ];
    return weigh(elements, anchor(story, [MITIGATION_WORDS, MITIGATION_ACTS]));
  },
};
