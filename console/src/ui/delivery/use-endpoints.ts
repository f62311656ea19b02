import type { UseQueryResult } from '@tanstack/react-query';
import { useAnswer, type AnswerOf, type HoldfastApiError } from '../../api/index.ts';
import { nameOf } from '../delivery-words.ts';

const MOST = 250;

export type Endpoints = {
  readonly answer: UseQueryResult<AnswerOf<'v1.endpoint.list'>, HoldfastApiError>;
  /** What each is called, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** For fields that offer endpoints to choose from. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
};

/** An application's endpoints, as many as one page of the API holds. */
export function useEndpoints(app: string, everyMs?: number): Endpoints {
  const answer = useAnswer(
    'v1.endpoint.list',
    { path: { app_id: app }, query: { limit: MOST } },
    everyMs === undefined ? {} : { everyMs },
  );
  const choices = answer.data?.data.map((one) => ({ value: one.id, label: nameOf(one) })) ?? [];
  return { answer, choices, names: new Map(choices.map(({ value, label }) => [value, label])) };
}
