import { latenciesOf, type Latencies } from './latencies.ts';
import { nowUs, PAYLOAD_BYTES, sentAtUsOf, sequenceOf } from './payload.ts';

/** One in so many deliveries leaves its moment behind, so that rates between two counts can be told afterwards. */
export const MILESTONE_EVERY = 100;

/**
 * What one stream of deliveries brought to the receiver. A delivery is known by the sequence number in its payload
 * and, where a message goes to several endpoints, by the endpoint's place among them. It is *asked* when its request
 * has come whole, and *received* once that was answered with a status that means "delivered".
 */
export class Arrivals {
  readonly #endpointsAMessage: number;
  #times = new Uint8Array(1 << 20);
  #asked = new Uint8Array(1 << 20);
  /** Whole requests, whatever was answered. */
  requests = 0;
  /** Different deliveries that were asked. */
  asked = 0;
  /** Different deliveries that were received. */
  received = 0;
  /** Receptions of deliveries that had been received before. */
  repeated = 0;
  /** Bodies that were not what was sent. */
  changed = 0;
  /** Moment of the latest reception, by `nowUs`; NaN before the first. */
  lastAtUs = Number.NaN;
  readonly #milestonesUs: number[] = [];
  #latenciesUs: number[] | null = null;

  constructor(endpointsAMessage = 1) {
    this.#endpointsAMessage = endpointsAMessage;
  }

  /**
   * A request has come whole.
   *
   * @param place of the endpoint among those of the message, from 0.
   * @param isReceived whether it is answered as delivered.
   */
  record(body: Uint8Array, place = 0, isReceived = true): void {
    this.requests += 1;
    const sequence = sequenceOf(body);
    if (body.length !== PAYLOAD_BYTES || !Number.isSafeInteger(sequence) || sequence < 0) {
      this.changed += 1;
      return;
    }
    const delivery = sequence * this.#endpointsAMessage + place;
    if (delivery >= this.#times.length) this.#grow(delivery);
    if (this.#asked[delivery] === 0) {
      this.#asked[delivery] = 1;
      this.asked += 1;
      this.#latenciesUs?.push(nowUs() - sentAtUsOf(body));
    }
    if (isReceived) this.#receive(delivery);
  }

  #receive(delivery: number): void {
    const times = this.#times[delivery] ?? 0;
    this.#times[delivery] = Math.min(255, times + 1);
    if (times > 0) {
      this.repeated += 1;
      return;
    }
    this.lastAtUs = nowUs();
    if (this.received % MILESTONE_EVERY === 0) this.#milestonesUs.push(this.lastAtUs);
    this.received += 1;
  }

  /** Moments, by `nowUs`, of the first reception and of each hundredth after it. */
  milestonesUs(): readonly number[] {
    return this.#milestonesUs;
  }

  /** Sequence numbers below `sent` of which a delivery was never received, but for those in `except`. */
  missing(sent: number, except: readonly number[]): readonly number[] {
    const excused = new Set(except);
    const missing: number[] = [];
    for (let sequence = 0; sequence < sent; sequence += 1) {
      if (!excused.has(sequence) && !this.#isWhole(sequence)) missing.push(sequence);
    }
    return missing;
  }

  #isWhole(sequence: number): boolean {
    for (let place = 0; place < this.#endpointsAMessage; place += 1) {
      if ((this.#times[sequence * this.#endpointsAMessage + place] ?? 0) === 0) return false;
    }
    return true;
  }

  beginLatencies(): void {
    this.#latenciesUs = [];
  }

  /** Of what was asked for the first time since `beginLatencies`. */
  endLatencies(): Latencies {
    const latencies = latenciesOf(this.#latenciesUs ?? []);
    this.#latenciesUs = null;
    return latencies;
  }

  #grow(delivery: number): void {
    const length = Math.max(delivery + 1, 2 * this.#times.length);
    this.#times = lengthened(this.#times, length);
    this.#asked = lengthened(this.#asked, length);
  }
}

function lengthened(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}
