import type { Configuration } from '../../change/index.ts';
import type { IdText } from '../../core/index.ts';
import type { Auditor, Ledger } from '../../ledger/index.ts';
import { DAY_MS, MINUTE_MS } from '../detect/bin.ts';
import { FirstDeadLetter } from '../detect/first-dead-letter.ts';
import { defaultLeadMs, Growth } from '../detect/growth.ts';
import { Stuck } from '../detect/stuck.ts';
import { Unaccounted } from '../detect/unaccounted.ts';
import { ofService } from './of-service.ts';
import type { Told } from './told.ts';

/** What delivery says of itself; slo/ does not know how it does it. */
export type DeliveryFigures = {
  /** Lanes that nothing holds back and whose oldest delivery was overdue at `at`, when lanes were looked at last. */
  overdue(): {
    readonly at: number;
    readonly lanes: readonly { readonly endpointId: number; readonly oldestDueAt: number }[];
  };
  /** Of the oldest due delivery of lanes that may send, ms. */
  lagMs(): number;
  /** Since the process began. */
  deadLetters(): number;
};

export type ServiceWatchParts = {
  readonly ledger: Pick<Ledger, 'certificatesToRenew'>;
  readonly configuration: { readonly endpoints: Pick<Configuration['endpoints'], 'byId'> };
  readonly idText: IdText;
  readonly auditor: Pick<Auditor, 'figures'>;
  readonly deliveryDeadlineMs: number;
  readonly delivery: DeliveryFigures;
  readonly told: Told;
};

const CERTIFICATE_MS = 21 * DAY_MS;
const MOST_CERTIFICATES = 100;
/** Who showed nothing for so long may have moved away. */
const SEEN_MS = 7 * DAY_MS;
const MOST_STUCK = 1000;
/** Nothing unaccounted was found for so long: the alert's condition is gone. */
const QUIET_MS = 10 * MINUTE_MS;
const UNACCOUNTED = 'unaccounted the ledger';
const DEAD_LETTER = 'first_dead_letter the service';
const LAG = 'growth lag of due deliveries';

type State = { readonly deadLetterAt: number | null };

/** What belongs to the service itself and to no objective: lanes, the audit, dead letters, lag, certificates. */
export class ServiceWatch {
  readonly #parts: ServiceWatchParts;
  readonly #told: Told;
  readonly #stuck = new Map<number, Stuck>();
  readonly #unaccounted = new Unaccounted();
  readonly #lag: Growth;
  #deadLetters = new FirstDeadLetter();
  #foundBefore = 0;
  #foundAt = 0;
  #deadBefore = 0;
  #lookedAt: number | null = null;

  constructor(parts: ServiceWatchParts) {
    this.#parts = parts;
    this.#told = parts.told;
    this.#lag = new Growth({
      gauge: 'lag',
      limit: parts.deliveryDeadlineMs,
      leadMs: defaultLeadMs,
    });
  }

  /** @param state as `state()` gave it in an earlier life; null: there is none. */
  restore(state: string | null, now: number): void {
    this.#foundAt = now;
    if (state !== null) this.#deadLetters = new FirstDeadLetter(deadLetterAtOf(state));
  }

  state(): string {
    return JSON.stringify({ deadLetterAt: this.#deadLetters.state() } satisfies State);
  }

  /** A dead letter was found and could not be raised. */
  get isOwed(): boolean {
    return this.#told.owed.has(DEAD_LETTER);
  }

  async lookAtLanes(owner: string): Promise<void> {
    const { configuration, delivery, idText } = this.#parts;
    const told = this.#told;
    const { at, lanes } = delivery.overdue();
    const seen = new Set(lanes.map(({ endpointId }) => endpointId));
    for (const { endpointId, oldestDueAt } of lanes) {
      const known = this.#stuck.get(endpointId) ?? new Stuck();
      if (this.#stuck.size < MOST_STUCK) this.#stuck.set(endpointId, known);
      // The oldest due moment moves on with every delivery that is taken: that is progress.
      const look = { at, oldestDueAt, progress: oldestDueAt, isResting: false };
      const finding = known.feed(look);
      const slice = `lane of ${idText.format('endpoint', endpointId)}`;
      if (finding !== null) {
        const endpoint = await configuration.endpoints.byId(endpointId);
        await told.raise(ofService('stuck', slice, finding, owner, endpoint?.appId));
      } else if (!known.isRaised) await told.clear(`stuck ${slice}`);
    }
    for (const endpointId of this.#stuck.keys()) {
      if (!seen.has(endpointId)) this.#stuck.delete(endpointId);
    }
    // Those of an earlier life too.
    for (const key of told.firing) {
      const endpointId = idText.parse('endpoint', /^stuck lane of (\S+)$/.exec(key)?.[1] ?? '');
      if (endpointId !== undefined && !seen.has(endpointId)) await told.clear(key);
    }
  }

  /** What counts since the process began: the first look tells what happened before it. */
  async lookAtCounts(now: number, owner: string): Promise<void> {
    const { auditor, delivery } = this.#parts;
    const told = this.#told;
    const startAt = this.#lookedAt ?? now;
    this.#lookedAt = now;
    const { found } = auditor.figures();
    if (found > this.#foundBefore) this.#foundAt = now;
    this.#foundBefore = found;
    const lost = this.#unaccounted.feed({ at: now, unaccounted: found, oldestAt: null });
    if (lost !== null) await told.raise(ofService('unaccounted', 'the ledger', lost, owner));
    else if (now - this.#foundAt >= QUIET_MS) await told.clear(UNACCOUNTED);

    const dead = delivery.deadLetters();
    const bad = dead - this.#deadBefore;
    this.#deadBefore = dead;
    const first = this.#deadLetters.feed({ startAt, endAt: now, total: bad, bad });
    if (first !== null) {
      await told.raise(ofService('first_dead_letter', 'the service', first, owner));
    } else if (bad === 0 && !this.isOwed) await told.clear(DEAD_LETTER);

    const growing = this.#lag.feed(now, delivery.lagMs());
    if (growing !== null) {
      await told.raise(ofService('growth', 'lag of due deliveries', growing, owner));
    } else if (!this.#lag.isRaised) await told.clear(LAG);
  }

  async lookAtCertificates(now: number, owner: string): Promise<void> {
    const told = this.#told;
    const expiring = await this.#parts.ledger.certificatesToRenew({
      expiresBefore: now + CERTIFICATE_MS,
      seenSince: now - SEEN_MS,
      limit: MOST_CERTIFICATES,
    });
    const seen = new Set<string>();
    for (const { peer, expiresAt } of expiring) {
      const key = `certificate ${peer}`;
      seen.add(key);
      const days = Math.floor((expiresAt - now) / DAY_MS);
      const title =
        expiresAt <= now
          ? `The certificate of ${peer} has expired`
          : `The certificate of ${peer} expires in ${days} days`;
      await told.raise({
        key,
        title,
        owner,
        kind: 'certificate',
        severity: days < 3 ? 'page' : 'ticket',
        consumers: [],
        group: 'certificate',
        text: `${title}, on ${new Date(expiresAt).toISOString()}, as it was seen last. Tell its owner to renew it: deliveries are refused from then on.`,
        facts: {
          peer,
          expiresAt,
        },
      });
    }
    for (const key of told.firing) {
      if (key.startsWith('certificate ') && !seen.has(key)) await told.clear(key);
    }
  }
}

function deadLetterAtOf(state: string): number | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `state` above
    return (JSON.parse(state) as State).deadLetterAt;
  } catch {
    return null;
  }
}
