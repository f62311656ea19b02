import { minorDigitsOf } from '../core/index.ts';
import type { Impact, IncidentSeverity, Money } from './incident.ts';

/** What severity is judged by. */
export type SeverityFacts = {
  readonly impact: Impact;
  /** Deliveries of the whole service in the same time. */
  readonly serviceDeliveries: number;
};

type Bar = {
  readonly severity: IncidentSeverity;
  /** Failed or late, of all deliveries of the service, and of the slice: with at least so many of them. */
  readonly serviceShare: number;
  readonly sliceShare: number;
  readonly leastBad: number;
  readonly dead: number;
  /** Whole units of money a week, of one currency, whatever it is: euros, yen, dinars. */
  readonly moneyPerWeek: number;
  readonly endpoints: number;
};

/** One line is enough to be of its severity. Nothing of it: severity 4. */
const severityBars: readonly Bar[] = [
  {
    severity: 1,
    serviceShare: 0.25,
    sliceShare: Infinity,
    leastBad: 100,
    dead: 1000,
    moneyPerWeek: 1_000_000,
    endpoints: 1000,
  },
  {
    severity: 2,
    serviceShare: 0.05,
    sliceShare: 0.5,
    leastBad: 20,
    dead: 100,
    moneyPerWeek: 100_000,
    endpoints: 100,
  },
  {
    severity: 3,
    serviceShare: 0.005,
    sliceShare: 0.05,
    leastBad: 3,
    dead: 1,
    moneyPerWeek: 10_000,
    endpoints: 10,
  },
];

/** By its impact. What is unaccounted is severity 1 whatever else is said. Pure. */
export function severityOf({ impact, serviceDeliveries }: SeverityFacts): IncidentSeverity {
  if (impact.lost > 0) return 1;
  const bad = Math.max(impact.failed, impact.late);
  const ofService = share(bad, serviceDeliveries);
  const ofSlice = share(bad, impact.deliveries);
  const money = Math.max(0, ...impact.money.map(wholeUnits));
  const reached = severityBars.find(
    (bar) =>
      (bad >= bar.leastBad && (ofService >= bar.serviceShare || ofSlice >= bar.sliceShare)) ||
      impact.dead >= bar.dead ||
      money >= bar.moneyPerWeek ||
      impact.endpoints >= bar.endpoints,
  );
  return reached?.severity ?? 4;
}

/** A yen is one minor unit, a euro a hundred, a dinar a thousand. */
function wholeUnits({ perWeek, currency }: Money): number {
  return perWeek / 10 ** minorDigitsOf(currency);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
