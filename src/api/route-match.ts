import type { Static } from 'typebox';
import { fault } from '../core/index.ts';
import type { Hours, RouteMatch } from '../change/index.ts';
import { problemOf } from '../slo/index.ts';
import type { hoursIn, routeMatch } from './alert-shapes.ts';

/** Empty lists mean all. Throws `validation` for hours in no form. */
export function matchOf(match: Static<typeof routeMatch> = {}): RouteMatch {
  return {
    owners: match.owners ?? [],
    severities: match.severities ?? [],
    kinds: match.kinds ?? [],
    hours: hoursOf('match.hours', match.hours),
  };
}

export function hoursOf(
  field: string,
  given: Static<typeof hoursIn> | null | undefined,
): Hours | null {
  if (given === null || given === undefined) return null;
  const hours: Hours = { ...given, days: given.days ?? [] };
  const problem = problemOf(hours);
  if (problem !== null) throw fault('validation', { field, detail: problem });
  return hours;
}
