import type { Draft, Objective } from '../change/index.ts';
import { boolean, fieldsOf, items, number, orNull, text } from './answers.ts';

export type ObjectiveAnswer = Draft<Objective>;

export type ObjectiveFiguresAnswer = {
  readonly good: number;
  readonly bad: number;
  readonly ratio: number;
  readonly isMet: boolean;
  readonly left: number;
  readonly burn: readonly { readonly windowMs: number; readonly rate: number }[];
  readonly exhaustedAt: string | null;
  readonly atRisk: readonly { readonly perWeek: number; readonly currency: string }[];
  /** All that the API said. */
  readonly whole: unknown;
};

export type ObjectiveStatusAnswer = {
  readonly objective: ObjectiveAnswer;
  readonly figures: ObjectiveFiguresAnswer;
  readonly endpoints: readonly {
    readonly endpointId: string;
    readonly good: number;
    readonly bad: number;
    readonly share: number;
  }[];
};

export type BoardAnswer = {
  /** What is on time where an objective does not say. */
  readonly deliveryDeadlineMs: number;
  readonly entries: readonly {
    readonly objective: ObjectiveAnswer;
    readonly figures: ObjectiveFiguresAnswer;
  }[];
  /** All that the API said. */
  readonly whole: unknown;
};

export type BoardLinkAnswer = {
  readonly id: string;
  readonly url: string;
  readonly team: string | null;
};

/** Without what it is stored with, so that it can be compared and written to a file. */
export function readObjective(value: unknown): ObjectiveAnswer {
  const objective = fieldsOf(value);
  return {
    name: text(objective, 'name'),
    description: text(objective, 'description'),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the service's own words, written back as they came
    indicator: text(objective, 'indicator') as Objective['indicator'],
    target: number(objective, 'target'),
    deadlineMs: orNull(number, objective, 'deadlineMs'),
    periodDays: number(objective, 'periodDays'),
    owner: text(objective, 'owner'),
    consumers: items(objective, 'consumers').map(String),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    slice: fieldsOf(objective['slice']) as Objective['slice'],
    value: readValue(objective['value']),
  };
}

function readValue(value: unknown): Objective['value'] {
  if (value === null || value === undefined) return null;
  const given = fieldsOf(value);
  return {
    valuePerDelivery: number(given, 'valuePerDelivery'),
    currency: text(given, 'currency'),
  };
}

function readFigures(value: unknown): ObjectiveFiguresAnswer {
  const status = fieldsOf(value);
  return {
    good: number(status, 'good'),
    bad: number(status, 'bad'),
    ratio: number(status, 'ratio'),
    isMet: boolean(status, 'isMet'),
    left: number(fieldsOf(status['budget']), 'left'),
    burn: items(status, 'burn').map((burn) => ({
      windowMs: number(fieldsOf(burn), 'windowMs'),
      rate: number(fieldsOf(burn), 'rate'),
    })),
    exhaustedAt: orNull(text, fieldsOf(status['forecast']), 'exhaustedAt'),
    atRisk: items(status, 'atRisk').map((money) => ({
      perWeek: number(fieldsOf(money), 'perWeek'),
      currency: text(fieldsOf(money), 'currency'),
    })),
    whole: value,
  };
}

export function readObjectiveStatus(value: unknown): ObjectiveStatusAnswer {
  const answer = fieldsOf(value);
  return {
    objective: readObjective(answer['objective']),
    figures: readFigures(answer['status']),
    endpoints: items(answer, 'endpoints').map((endpoint) => {
      const given = fieldsOf(endpoint);
      return {
        endpointId: text(given, 'endpointId'),
        good: number(given, 'good'),
        bad: number(given, 'bad'),
        share: number(given, 'share'),
      };
    }),
  };
}

export function readBoard(value: unknown): BoardAnswer {
  const board = fieldsOf(value);
  const entries = items(board, 'objectives').map((entry) => ({
    objective: readObjective(entry),
    figures: readFigures(fieldsOf(entry)['status']),
  }));
  return { deliveryDeadlineMs: number(board, 'deliveryDeadlineMs'), entries, whole: value };
}

export function readBoardLink(value: unknown): BoardLinkAnswer {
  const link = fieldsOf(value);
  return { id: text(link, 'id'), url: text(link, 'url'), team: orNull(text, link, 'team') };
}
