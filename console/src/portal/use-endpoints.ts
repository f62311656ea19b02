import type { UseQueryResult } from '@tanstack/react-query';
import { useAnswer, type AnswerOf, type HoldfastApiError } from '../api/index.ts';
import { nameOf } from '../ui/index.ts';
import { useApp } from './session.tsx';

const MOST = 250;
const STALE_MS = 10_000;

export type Endpoints = AnswerOf<'v1.endpoint.list'>;

/** The application's endpoints, as many as one page of the API holds. */
export function useEndpoints(): UseQueryResult<Endpoints, HoldfastApiError> {
  return useAnswer(
    'v1.endpoint.list',
    { path: { app_id: useApp() }, query: { limit: MOST } },
    { everyMs: STALE_MS },
  );
}

/** For fields that offer endpoints to choose from. */
export function choicesOf(
  endpoints: Endpoints | undefined,
): { readonly value: string; readonly label: string }[] {
  return endpoints?.data.map((one) => ({ value: one.id, label: nameOf(one) })) ?? [];
}

export function useEventTypes(): UseQueryResult<AnswerOf<'v1.event-type.list'>, HoldfastApiError> {
  return useAnswer('v1.event-type.list', { query: { limit: MOST } });
}
