import { boolean, fieldsOf, items, number, text } from './answers.ts';
import {
  readIncidentDetail,
  readMitigation,
  type IncidentDetailAnswer,
  type MitigationAnswer,
} from './incident-answers.ts';

/** A mitigation that makes sense now, as the API offers it. */
export type OfferAnswer = {
  readonly kind: string;
  readonly title: string;
  readonly does: string;
  readonly because: string;
  readonly cost: number;
  readonly costs: string;
  readonly takes: string;
  readonly risk: string;
  readonly undo: string;
  readonly isReversible: boolean;
  readonly target: object;
  readonly interactions: readonly InteractionAnswer[];
};

export type InteractionAnswer = { readonly verdict: string; readonly text: string };

export type MenuAnswer = readonly OfferAnswer[];

export type MitigatedAnswer = {
  readonly incident: IncidentDetailAnswer;
  readonly mitigation: MitigationAnswer;
  readonly interactions: readonly InteractionAnswer[];
};

export function readMenu(value: unknown): MenuAnswer {
  return items(fieldsOf(value), 'data').map((each) => {
    const offer = fieldsOf(each);
    const costs = fieldsOf(offer['costs']);
    return {
      kind: text(offer, 'kind'),
      title: text(offer, 'title'),
      does: text(offer, 'does'),
      because: text(offer, 'because'),
      cost: number(costs, 'level'),
      costs: text(costs, 'words'),
      takes: text(fieldsOf(offer['timeToEffect']), 'words'),
      risk: text(offer, 'risk'),
      undo: text(offer, 'undo'),
      isReversible: boolean(offer, 'isReversible'),
      target: fieldsOf(offer['target']),
      interactions: items(offer, 'interactions').map(readInteraction),
    };
  });
}

export function readMitigated(value: unknown): MitigatedAnswer {
  const answer = fieldsOf(value);
  return {
    incident: readIncidentDetail(answer['incident']),
    mitigation: readMitigation(answer['mitigation']),
    interactions: items(answer, 'interactions').map(readInteraction),
  };
}

function readInteraction(value: unknown): InteractionAnswer {
  const interaction = fieldsOf(value);
  return { verdict: text(interaction, 'verdict'), text: text(interaction, 'text') };
}
