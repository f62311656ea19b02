import { BucketCounts, timeOfId } from '../core/index.ts';
import type { Endpoint } from '../change/index.ts';
import { timedPhases, type Claim, type Settlement, type TimedPhase } from '../ledger/index.ts';
import { outcomeClasses, type OutcomeClass } from '../retry/index.ts';
import { phaseMs, type Timings } from './timings.ts';

/** What came of attempts since the process began, for /metrics. */
export type TallyFigures = {
  readonly attempts: Readonly<Record<OutcomeClass, number>>;
  /** Deliveries that ended, and attempts that are to be made again. */
  readonly ended: Readonly<Record<'delivered' | 'dead' | 'scheduled', number>>;
  /** From acceptance to the answer that delivered it, in seconds. */
  readonly latency: BucketCounts;
  /** In seconds. */
  readonly phases: readonly PhaseCounts[];
};

export type PhaseCounts = {
  /** null stands for all endpoints beyond the bound. */
  readonly endpointId: number | null;
  readonly host: string | null;
  readonly phase: TimedPhase;
  readonly counts: BucketCounts;
};

const LATENCY_SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200,
  86_400,
];
const PHASE_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

type OfEndpoint = {
  readonly endpointId: number | null;
  readonly host: string | null;
  readonly byPhase: Map<TimedPhase, BucketCounts>;
};

export class Tally {
  readonly #timings: Timings;
  readonly #mostEndpoints: number;
  readonly #attempts = new Map<OutcomeClass, number>();
  readonly #ended = { delivered: 0, dead: 0, scheduled: 0 };
  readonly #latency = new BucketCounts(LATENCY_SECONDS);
  readonly #endpoints = new Map<number, OfEndpoint>();
  readonly #others: OfEndpoint = { endpointId: null, host: null, byPhase: new Map() };

  /** @param mostEndpoints endpoints that are told apart: each makes series, and endpoints may be many. */
  constructor(timings: Timings, mostEndpoints: number) {
    this.#timings = timings;
    this.#mostEndpoints = mostEndpoints;
  }

  attempted(
    endpoint: Endpoint,
    host: string,
    claim: Claim,
    { outcome, state, timing, durationMs }: Settlement & { readonly outcome: OutcomeClass },
    now: number,
  ): void {
    this.#attempts.set(outcome, (this.#attempts.get(outcome) ?? 0) + 1);
    this.#ended[state] += 1;
    if (state === 'delivered') this.#latency.add((now - timeOfId(claim.messageId)) / 1000);
    this.#timings.record(endpoint.id, timing, durationMs);
    const { byPhase } = this.#of(endpoint.id, host);
    for (const phase of timedPhases) {
      const ms = phaseMs(phase, timing, durationMs);
      if (ms === null) continue;
      let counts = byPhase.get(phase);
      if (counts === undefined) {
        counts = new BucketCounts(PHASE_SECONDS);
        byPhase.set(phase, counts);
      }
      counts.add(ms / 1000);
    }
  }

  /** Deliveries that ended, and attempts that are to be made again. */
  ended(): TallyFigures['ended'] {
    return this.#ended;
  }

  figures(): TallyFigures {
    return {
      attempts: attemptsOf(this.#attempts),
      ended: { ...this.#ended },
      latency: this.#latency,
      phases: [...this.#endpoints.values(), this.#others].flatMap(({ endpointId, host, byPhase }) =>
        Array.from(byPhase, ([phase, counts]) => ({ endpointId, host, phase, counts })),
      ),
    };
  }

  #of(endpointId: number, host: string): OfEndpoint {
    const known = this.#endpoints.get(endpointId);
    if (known !== undefined) return known;
    if (this.#endpoints.size >= this.#mostEndpoints) return this.#others;
    const made = { endpointId, host, byPhase: new Map<TimedPhase, BucketCounts>() };
    this.#endpoints.set(endpointId, made);
    return made;
  }
}

function attemptsOf(counts: ReadonlyMap<OutcomeClass, number>): Record<OutcomeClass, number> {
  const entries = outcomeClasses.map((outcome) => [outcome, counts.get(outcome) ?? 0] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an entry for every class there is
  return Object.fromEntries(entries) as Record<OutcomeClass, number>;
}
