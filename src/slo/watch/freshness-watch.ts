import type { Configuration } from '../../change/index.ts';
import { MINUTE_MS, SECOND_MS } from '../detect/bin.ts';
import type { Finding } from '../detect/finding.ts';
import { Growth } from '../detect/growth.ts';
import type { Scope } from '../scope.ts';

/** Lanes that had something due when delivery looked at them last. */
export type DueLanes = {
  readonly at: number;
  readonly lanes: readonly { readonly endpointId: number; readonly oldestDueAt: number }[];
};

const SHORTEST_POINT_MS = 10 * SECOND_MS;
const LONGEST_POINT_MS = 5 * MINUTE_MS;
/** What is due ages by a second a second at most: four points of a sixth of the deadline leave a third of it. */
const POINTS_A_DEADLINE = 6;
const POINTS = 5;
const LEAST_POINTS = 4;
const LEAST_SHARE = 0.25;
const MOST_KNOWN = 100_000;

/** When the oldest due delivery of a slice will be older than its objective allows. */
export class FreshnessWatch {
  readonly #growth: Growth;

  constructor(deadlineMs: number) {
    const pointMs = Math.max(SHORTEST_POINT_MS, deadlineMs / POINTS_A_DEADLINE);
    this.#growth = new Growth({
      gauge: 'age',
      limit: deadlineMs,
      leadMs: deadlineMs,
      pointMs: Math.min(LONGEST_POINT_MS, pointMs),
      points: POINTS,
      leastPoints: LEAST_POINTS,
      leastShare: LEAST_SHARE,
    });
  }

  get isRaised(): boolean {
    return this.#growth.isRaised;
  }

  feed(now: number, ageMs: number): Finding | null {
    return this.#growth.feed(now, ageMs);
  }
}

/** How old the oldest due delivery of a slice is, from what delivery looked at anyway. */
export class OldestDue {
  readonly #endpoints: Pick<Configuration['endpoints'], 'byId'>;
  /** An endpoint never moves to another application. */
  readonly #apps = new Map<number, number>();
  #of: DueLanes['lanes'] = [];
  #oldestFirst: DueLanes['lanes'] = [];

  constructor(endpoints: Pick<Configuration['endpoints'], 'byId'>) {
    this.#endpoints = endpoints;
  }

  /** Milliseconds; 0 where nothing is due. */
  async ageMs({ at, lanes }: DueLanes, { apps, endpoints }: Scope): Promise<number> {
    if (lanes !== this.#of) {
      this.#of = lanes;
      this.#oldestFirst = lanes.toSorted((one, other) => one.oldestDueAt - other.oldestDueAt);
    }
    for (const { endpointId, oldestDueAt } of this.#oldestFirst) {
      if (endpoints !== null && !endpoints.has(endpointId)) continue;
      // Without a turn for each of many lanes.
      if (
        apps !== null &&
        !apps.has(this.#apps.get(endpointId) ?? (await this.#appOf(endpointId)))
      ) {
        continue;
      }
      return Math.max(0, at - oldestDueAt);
    }
    return 0;
  }

  async #appOf(endpointId: number): Promise<number> {
    const endpoint = await this.#endpoints.byId(endpointId);
    if (endpoint === null) return 0;
    if (this.#apps.size >= MOST_KNOWN) this.#apps.clear();
    this.#apps.set(endpointId, endpoint.appId);
    return endpoint.appId;
  }
}
