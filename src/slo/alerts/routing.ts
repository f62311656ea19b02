import type { Route, RouteMatch } from '../../change/index.ts';
import type { Alert, Target } from './alert.ts';
import { endOfHours } from './local-time.ts';

/** The routes an alert takes, in their order; the first that matches ends the way unless it says `continue`. */
function routesOf(routes: readonly Route[], alert: Alert, now: number): readonly Route[] {
  const taken: Route[] = [];
  for (const route of routes) {
    if (!isRouteMatch(route.match, alert, now)) continue;
    taken.push(route);
    if (!route.continue) break;
  }
  return taken;
}

/** Rising positions; by their names where they are the same. */
export function inOrder(left: Route, right: Route): number {
  return left.position - right.position || (left.name < right.name ? -1 : 1);
}

/** What an empty list leaves open, it matches. */
export function isRouteMatch(match: RouteMatch, alert: Alert, now: number): boolean {
  return (
    (match.owners.length === 0 || match.owners.includes(alert.owner)) &&
    (match.severities.length === 0 || match.severities.includes(alert.severity)) &&
    (match.kinds.length === 0 || match.kinds.includes(alert.kind)) &&
    (match.hours === null || endOfHours(match.hours, now) !== null)
  );
}

/** Who is told that it fires. Quiet hours hold back all but pages, until they end. */
export function targetsOf(routes: readonly Route[], alert: Alert, now: number): readonly Target[] {
  return earliest(
    routesOf(routes, alert, now).flatMap((route) =>
      route.notifiers.map((notifier) => ({ notifier, dueAt: dueAtOf(route, alert, now) })),
    ),
  );
}

/** Who is told once nobody acknowledged it for so long. */
export function escalationTargets(
  routes: readonly Route[],
  alert: Alert,
  now: number,
  afterMs: number,
): readonly Target[] {
  return earliest(
    routesOf(routes, alert, now).flatMap((route) =>
      route.escalation
        .filter(({ afterMinutes }) => afterMinutes * 60_000 === afterMs)
        .flatMap(({ notifiers }) => notifiers)
        .map((notifier) => ({ notifier, dueAt: dueAtOf(route, alert, now) })),
    ),
  );
}

/** All delays of its routes, ms, in rising order. */
export function escalationsMs(
  routes: readonly Route[],
  alert: Alert,
  now: number,
): readonly number[] {
  // Asked for each alert that waits, each second; hours are costly.
  if (routes.every(({ escalation }) => escalation.length === 0)) return [];
  const delays = routesOf(routes, alert, now).flatMap(({ escalation }) =>
    escalation.map(({ afterMinutes }) => afterMinutes * 60_000),
  );
  return [...new Set(delays)].toSorted((left, right) => left - right);
}

function dueAtOf({ quietHours }: Route, { severity }: Alert, now: number): number {
  if (severity === 'page' || quietHours === null) return now;
  return endOfHours(quietHours, now) ?? now;
}

function earliest(targets: readonly Target[]): readonly Target[] {
  const dueAts = new Map<string, number>();
  for (const { notifier, dueAt } of targets) {
    dueAts.set(notifier, Math.min(dueAt, dueAts.get(notifier) ?? dueAt));
  }
  return [...dueAts].map(([notifier, dueAt]) => ({ notifier, dueAt }));
}
