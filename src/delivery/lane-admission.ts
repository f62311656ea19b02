import { timeOfId, type Clock, type IdSource, type Random, type Settings } from '../core/index.ts';
import type { Configuration, Endpoint, PolicyInForce } from '../change/index.ts';
import type { Admission, Reservation } from '../intake/index.ts';
import { firstAttemptAt } from '../retry/index.ts';
import type { Lane } from './lane.ts';
import type { LaneTable } from './lane-table.ts';
import type { Places } from './places.ts';
import type { Scheduler } from './scheduler.ts';

export type LaneAdmissionParts = {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly settings: Pick<Settings, 'leaseMs'>;
  readonly policyOf: (endpoint: Endpoint) => PolicyInForce;
  readonly lanes: LaneTable;
  readonly places: Places;
  readonly scheduler: Scheduler;
  /** A delivery was stored as due. */
  readonly wake: (endpointId: number) => void;
  /** Room of a lane became free. */
  readonly goOn: (lane: Lane) => void;
};

/** Room in lanes for what intake accepts: a first attempt with a reservation starts without another commit. */
export class LaneAdmission implements Admission {
  readonly wake: (endpointId: number) => void;
  readonly #parts: LaneAdmissionParts;
  #isStopped = false;

  constructor(parts: LaneAdmissionParts) {
    this.#parts = parts;
    this.wake = parts.wake;
  }

  /** From here on all that is accepted waits in the ledger. */
  stop(): void {
    this.#isStopped = true;
  }

  reserve(endpoint: Endpoint, eventType: string, payloadBytes: number): Reservation | null {
    if (this.#isStopped) return null;
    const { clock, configuration, ids, lanes, places, policyOf, settings } = this.#parts;
    if (configuration.pauses.typesOf(endpoint.appId).has(eventType)) return null;
    const { retry, lane: lanePolicy } = policyOf(endpoint);
    if (retry.delaysMs[0] !== 0) return null;
    // Strict order is the ledger's: what was stored first is claimed first.
    if (lanePolicy.ordered) return null;
    const lane = lanes.of(endpoint.id);
    // What waits in the ledger goes first.
    if (lane.hasStored || lane.isReading || !places.hasBytesFor(lane, payloadBytes)) return null;
    try {
      lanes.follow(lane, endpoint);
    } catch {
      return null; // it waits in the ledger, and the read of its lane names the fault; the others go on
    }
    const now = clock.now();
    if (lane.room(now) === 0 || places.freeFor(lane) === 0) return null;
    places.hold(lane, payloadBytes);
    const leaseEndsAt = now + settings.leaseMs;
    return { endpointId: endpoint.id, attemptId: ids.next(), leaseEndsAt, payloadBytes };
  }

  firstDueAt(endpoint: Endpoint, messageId: number): number {
    const { retry, lane } = this.#parts.policyOf(endpoint);
    // Strict order is the order of these moments, so no jitter may come between them.
    const policy = lane.ordered ? { ...retry, jitter: 0 } : retry;
    return firstAttemptAt(policy, timeOfId(messageId), this.#parts.random);
  }

  retentionDaysOf(endpoint: Endpoint): number {
    return this.#parts.policyOf(endpoint).retentionDays;
  }

  begin(reservation: Reservation, message: Parameters<Admission['begin']>[1]): void {
    const { clock, lanes, scheduler } = this.#parts;
    const lane = lanes.of(reservation.endpointId);
    const { attemptId, endpointId, leaseEndsAt } = reservation;
    const { id: messageId, appId, eventType, payload } = message;
    lane.wait({
      messageId,
      endpointId,
      attemptId,
      leaseEndsAt,
      appId,
      nth: 1,
      trigger: 'scheduled',
      attemptsInRound: 1,
      roundStartedAt: timeOfId(messageId),
      dueAt: timeOfId(messageId),
      traceparent: message.traceparent,
      eventType,
      payload,
      corrected: null,
    });
    scheduler.add(lane);
    scheduler.serve(clock.now());
  }

  giveBack(reservation: Reservation): void {
    const { goOn, lanes, places } = this.#parts;
    const lane = lanes.of(reservation.endpointId);
    places.letGo(lane, reservation.payloadBytes);
    goOn(lane);
  }
}
