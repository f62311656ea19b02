import { isRunning, type Incident, type Offer } from './incident.ts';

/** What is worth doing next, in a sentence, and where on the page. */
export type NextStep = {
  readonly text: string;
  readonly anchor:
    | 'people'
    | 'updates'
    | 'menu'
    | 'tried'
    | 'hypotheses'
    | 'fixes'
    | 'life'
    | 'timeline'
    | null;
};

/** Of 5: what costs more is to be weighed before it is tried. */
const CHEAP = 2;
/** Mitigations that send nothing. */
const HOLDING = /^(?:pause_|drain$|open_circuit$)/;

/** Stopping the impact goes before finding the cause, and the cheapest reversible way goes before all others. */
export function nextStep(incident: Incident, menu: readonly Offer[], now: number): NextStep {
  const { state, markers, hypotheses, fixes, updateDueAt } = incident;
  const running = incident.mitigations.filter(isRunning);
  switch (state) {
    case 'open': {
      if (markers.acknowledged === undefined) {
        return { text: 'Say that you look after it: acknowledge.', anchor: null };
      }
      if (updateDueAt !== null && Date.parse(updateDueAt) < now) {
        return { text: 'People wait for word: send an update.', anchor: null };
      }
      if (running.length > 0) {
        return {
          text: 'See whether the impact ends. Where it does not, take the mitigation back.',
          anchor: 'tried',
        };
      }
      const [cheapest] = menu.filter(({ interactions }) =>
        interactions.every(({ verdict }) => verdict !== 'refuse'),
      );
      return cheapest?.isReversible === true && cheapest.costs.level <= CHEAP
        ? {
            text: `Stop the impact first. The cheapest that can be taken back: ${cheapest.title}.`,
            anchor: 'menu',
          }
        : {
            text: 'Stop the impact first: look at what changed, and at what is on the menu.',
            anchor: 'menu',
          };
    }
    case 'mitigated':
      if (!hypotheses.some((each) => each.state === 'confirmed') && fixes.length === 0) {
        return {
          text: 'The impact is over. Find the cause: what is it, and what would refute it?',
          anchor: 'hypotheses',
        };
      }
      if (fixes.length === 0) return { text: 'Remove the cause, and say how.', anchor: 'fixes' };
      return running.some(({ kind }) => HOLDING.test(kind))
        ? {
            text: 'Deliveries are held still. Let them go: only then is seen whether the fix holds.',
            anchor: 'tried',
          }
        : { text: 'The fix has to hold; this is seen by itself.', anchor: 'fixes' };
    case 'fixed':
      return { text: 'Take it into review.', anchor: 'life' };
    case 'in_review':
      return running.length > 0
        ? { text: 'A mitigation is in force still: undo it, or say why it stays.', anchor: 'tried' }
        : { text: 'Close it when its review is done.', anchor: 'life' };
    default:
      return { text: 'It is over. Read how it went.', anchor: 'timeline' };
  }
}
