import type { Counts } from './now-figures.ts';

/** What happened a second, in the last one, and of the last minute the share of attempts that delivered. */
export type Rates = {
  readonly acceptedPerSecond: number;
  readonly deliveredPerSecond: number;
  readonly failedPerSecond: number;
  readonly deadPerSecond: number;
  /** null: there was no attempt. */
  readonly successShare: number | null;
};

type Look = { readonly at: number; readonly counts: Counts };

const SPAN_MS = 60_000;

/** From what it is told once a second; the first is told for its difference alone. */
export class RateWindow {
  #looks: Look[] = [];

  next(at: number, counts: Counts): Rates {
    const last = this.#looks.at(-1);
    this.#looks = [...this.#looks.filter((look) => look.at > at - SPAN_MS), { at, counts }];
    const first = this.#looks[0] ?? { at, counts };
    const seconds = last === undefined ? 0 : (at - last.at) / 1000;
    const perSecond = (name: keyof Counts): number =>
      last === undefined || seconds <= 0
        ? 0
        : Math.round(((counts[name] - last.counts[name]) / seconds) * 10) / 10;
    const delivered = counts.delivered - first.counts.delivered;
    const attempts = delivered + counts.failed - first.counts.failed;
    return {
      acceptedPerSecond: perSecond('accepted'),
      deliveredPerSecond: perSecond('delivered'),
      failedPerSecond: perSecond('failed'),
      deadPerSecond: perSecond('dead'),
      successShare: attempts === 0 ? null : delivered / attempts,
    };
  }
}
