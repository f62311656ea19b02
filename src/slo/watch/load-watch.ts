import type { Configuration } from '../../change/index.ts';
import type { IdText } from '../../core/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { MINUTE_MS } from '../detect/bin.ts';
import { Exhaustion } from '../detect/exhaustion.ts';
import type { Finding, Gauge } from '../detect/finding.ts';
import { ofService } from './of-service.ts';
import type { Told } from './told.ts';

/** What delivery says of lanes that are well and at work. */
export type LaneLoads = {
  /** The fullest or slowest first. */
  loadedLanes(most: number): readonly {
    readonly endpointId: number;
    readonly sending: number;
    /** Requests that may be under way at once, at most. */
    readonly places: number;
    /** How long answers take of late, ms. */
    readonly answerMs: number;
  }[];
};

export type LoadWatchParts = {
  readonly ledger: Pick<Ledger, 'backlog'>;
  readonly configuration: { readonly endpoints: Pick<Configuration['endpoints'], 'byId'> };
  readonly idText: IdText;
  readonly delivery: LaneLoads;
  readonly told: Told;
  readonly backlogLimit: number;
  readonly attemptTimeoutMs: number;
};

/** Lanes that are followed, and of which one of each kind may have an alert. */
const MOST_LANES = 200;
const MOST_ALERTS = 20;
const WORST_BACKLOGS = 20;
/** What is used less is not followed from here on. */
const FOLLOWED_SHARE = 0.1;
/** A lane that was used less for so long is followed no more. */
const FORGET_MS = 40 * MINUTE_MS;
/** Alerts of an earlier life stay until what it knew may have been learnt again. */
const LEARN_MS = 15 * MINUTE_MS;
const LANE_SHARE = 0.1;
const OURS = /^growth (?:places|answers|backlog) of (\S+)$/;
const BACKLOG = 'growth backlog';

type Followed = { readonly limit: number; readonly exhaustion: Exhaustion; usedAt: number };

/** What may run out: a lane's places, the time that its answers may take, and room for deliveries that wait. */
export class LoadWatch {
  readonly #parts: LoadWatchParts;
  readonly #followed = new Map<string, Followed>();
  readonly #backlog: Exhaustion;
  #startedAt: number | null = null;
  #backlogAt = 0;

  constructor(parts: LoadWatchParts) {
    this.#parts = parts;
    this.#backlog = new Exhaustion({
      gauge: 'backlog',
      limit: parts.backlogLimit,
      isOftenFull: false,
    });
  }

  async look(now: number, owner: string): Promise<void> {
    this.#startedAt ??= now;
    await this.#lookAtLanes(now, owner);
    if (now - this.#backlogAt >= MINUTE_MS) {
      this.#backlogAt = now;
      await this.#lookAtBacklog(now, owner);
    }
    await this.#clear(now);
  }

  async #lookAtLanes(now: number, owner: string): Promise<void> {
    const { delivery, attemptTimeoutMs } = this.#parts;
    const seen = new Set<string>();
    for (const load of delivery.loadedLanes(MOST_LANES)) {
      const { endpointId, sending, places, answerMs } = load;
      seen.add(this.#keyOf('places', endpointId)).add(this.#keyOf('answers', endpointId));
      await this.#feed(now, owner, endpointId, ['places', sending, places]);
      await this.#feed(now, owner, endpointId, ['answers', answerMs, attemptTimeoutMs]);
    }
    for (const [key, { exhaustion }] of this.#followed) {
      // Nothing is under way: of what answers take nothing is known.
      if (key.startsWith('growth places') && !seen.has(key)) exhaustion.feed(now, 0);
    }
  }

  async #lookAtBacklog(now: number, owner: string): Promise<void> {
    const { ledger, backlogLimit, told } = this.#parts;
    const { waiting, lanes } = await ledger.backlog({
      atMost: 2 * backlogLimit,
      lanes: WORST_BACKLOGS,
    });
    const found = this.#backlog.feed(now, waiting);
    if (found !== null) {
      await told.raise({ ...ofService('growth', 'all deliveries', found, owner), key: BACKLOG });
    } else if (!this.#backlog.isRaised && this.#hasLearnt(now)) await told.clear(BACKLOG);
    const seen = new Set<string>();
    for (const lane of lanes) {
      const limit = Math.max(1, Math.floor(backlogLimit * LANE_SHARE));
      seen.add(this.#keyOf('backlog', lane.endpointId));
      await this.#feed(now, owner, lane.endpointId, ['backlog', lane.waiting, limit]);
    }
    for (const key of this.#followed.keys()) {
      // Another is worse.
      if (key.startsWith(`${BACKLOG} of`) && !seen.has(key)) this.#followed.delete(key);
    }
  }

  async #feed(
    now: number,
    owner: string,
    endpointId: number,
    [gauge, value, limit]: readonly [Gauge, number, number],
  ): Promise<void> {
    const key = this.#keyOf(gauge, endpointId);
    const isUsed = value >= limit * FOLLOWED_SHARE;
    let followed = this.#followed.get(key);
    // Another limit is another forecast.
    if (followed?.limit !== limit) {
      this.#followed.delete(key);
      if (!isUsed || this.#followed.size >= 3 * MOST_LANES) return;
      const isOftenFull = gauge !== 'backlog';
      followed = { limit, exhaustion: new Exhaustion({ gauge, limit, isOftenFull }), usedAt: now };
      this.#followed.set(key, followed);
    }
    if (isUsed) followed.usedAt = now;
    const finding = followed.exhaustion.feed(now, value);
    if (finding !== null) await this.#raise(key, endpointId, finding, owner);
  }

  async #raise(key: string, endpointId: number, finding: Finding, owner: string): Promise<void> {
    const { told, idText, configuration } = this.#parts;
    const open = [...told.firing].filter((other) => other !== key && OURS.test(other)).length;
    if (open >= MOST_ALERTS) {
      // It is found anew once there is room and it still grows.
      this.#followed.delete(key);
      return;
    }
    const endpoint = await configuration.endpoints.byId(endpointId);
    const host = endpoint === null ? '' : ` (${new URL(endpoint.url).host})`;
    const slice = `lane of ${idText.format('endpoint', endpointId)}${host}`;
    await told.raise({ ...ofService('growth', slice, finding, owner, endpoint?.appId), key });
  }

  async #clear(now: number): Promise<void> {
    for (const [key, { exhaustion, usedAt }] of this.#followed) {
      if (!exhaustion.isRaised && now - usedAt >= FORGET_MS) this.#followed.delete(key);
    }
    for (const key of this.#parts.told.firing) {
      if (!OURS.test(key)) continue;
      const followed = this.#followed.get(key);
      const isOver = followed === undefined || !followed.exhaustion.isRaised;
      if (isOver && this.#hasLearnt(now)) await this.#parts.told.clear(key);
    }
  }

  #hasLearnt(now: number): boolean {
    return now - (this.#startedAt ?? now) >= LEARN_MS;
  }

  #keyOf(gauge: Gauge, endpointId: number): string {
    return `growth ${gauge} of ${this.#parts.idText.format('endpoint', endpointId)}`;
  }
}
