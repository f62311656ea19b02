import type { IncidentDetailAnswer, SuspectAnswer, TimelineRowAnswer } from './incident-answers.ts';
import type { OfferAnswer } from './mitigation-answers.ts';
import { oneLine } from './one-line.ts';
import { shortId } from './short-id.ts';

export type ShownIncident = {
  readonly incident: IncidentDetailAnswer;
  readonly suspects: readonly SuspectAnswer[];
  readonly menu: readonly OfferAnswer[];
  /** The newest first. */
  readonly timeline: readonly TimelineRowAnswer[];
};

/** What is worth doing next, in a sentence, and how. */
export type NextStep = { readonly why: string; readonly commands: readonly string[] };

/** Of 5: what costs more is to be weighed before it is tried. */
const CHEAP = 2;

/** Mitigations that send nothing. */
const HOLDING = /^(?:pause_|drain$|open_circuit$)/;

/** Stopping the impact goes before finding the cause, and the cheapest reversible way goes before all others. */
export function nextStep(
  { incident, menu }: Pick<ShownIncident, 'incident' | 'menu'>,
  now: number,
): NextStep {
  const { id, state, markers, mitigations, hypotheses, fixes, updateDueAt, mergedInto } = incident;
  const name = shortId(id, []);
  const run = (command: string): string => `holdfast incident ${command}`;
  const inForce = mitigations.filter(
    (each) => each.undoneAt === null && each.isReversible && each.keptBecause === null,
  );
  const holding = inForce.find(({ kind }) => HOLDING.test(kind));
  if (mergedInto !== null) {
    return { why: 'It is a part of another one.', commands: [run(`show ${mergedInto}`)] };
  }
  switch (state) {
    case 'open': {
      if (markers['acknowledged'] === undefined) {
        return { why: 'Say that you look after it.', commands: [run(`ack ${name}`)] };
      }
      if (updateDueAt !== null && Date.parse(updateDueAt) < now) {
        return {
          why: 'People wait for word.',
          commands: [run(`update ${name} "what we know" --owners "what they may read"`)],
        };
      }
      if (inForce.length > 0) {
        return {
          why: 'See whether the impact ends; where it does not, take the mitigation back.',
          commands: [run(`show ${name}`), run(`undo ${name} ${mitigations.length}`)],
        };
      }
      const [cheapest] = menu.filter(({ interactions }) =>
        interactions.every(({ verdict }) => verdict !== 'refuse'),
      );
      if (cheapest?.isReversible === true && cheapest.cost <= CHEAP) {
        return {
          why: `Stop the impact first. The cheapest that can be taken back: ${oneLine(cheapest.title)}.`,
          commands: [run(`mitigate ${name} ${menu.indexOf(cheapest) + 1}`), run(`menu ${name}`)],
        };
      }
      return {
        why: 'Stop the impact first: look at what changed, and at what is on the menu.',
        commands: [run(`suspects ${name}`), run(`menu ${name}`)],
      };
    }
    case 'mitigated':
      if (!hypotheses.some((each) => each.state === 'confirmed') && fixes.length === 0) {
        return {
          why: 'The impact is over; find the cause: what is it, and what would refute it?',
          commands: [
            run(
              `hypothesis ${name} "the cause" --metric OBJECTIVE --refuted-by "what would refute it"`,
            ),
          ],
        };
      }
      if (fixes.length > 0 && holding !== undefined) {
        return {
          why: 'Deliveries are held still. Let them go: only then is seen whether the fix holds.',
          commands: [run(`undo ${name} ${mitigations.indexOf(holding) + 1}`)],
        };
      }
      return fixes.length === 0
        ? {
            why: 'Remove the cause, and say how.',
            commands: [run(`fix ${name} "what removes it"`)],
          }
        : { why: 'The fix has to hold; this is seen by itself.', commands: [run(`show ${name}`)] };
    case 'fixed':
      return { why: 'Take it into review.', commands: [run(`review ${name}`)] };
    case 'in_review': {
      const [first] = inForce;
      return first === undefined
        ? { why: 'Close it when its review is done.', commands: [run(`close ${name}`)] }
        : {
            why: 'A mitigation is in force still.',
            commands: [run(`undo ${name} ${mitigations.indexOf(first) + 1}`)],
          };
    }
    default:
      return { why: 'Nothing: it is over.', commands: [run(`timeline ${name}`)] };
  }
}
