import type { SampledDelivery } from '../../ledger/index.ts';
import { Explain } from '../detect/explain.ts';
import type { Symptom } from './explanation.ts';

/** Hosts that are counted for each symptom. */
const MOST_HOSTS = 1000;
const MOST_SYMPTOMS = 6;

/**
 * How deliveries fail. What is good has the phase `none` and its own status class, so every phase of a bad one separates
 * perfectly; ranking says which one explains the most.
 */
export class Symptoms {
  readonly #table = new Explain();
  readonly #hosts = new Map<string, Map<string, number>>();

  add(row: SampledDelivery, host: string | null): void {
    const values = { 'failure phase': phaseOf(row), 'status class': statusOf(row) };
    this.#table.add({ total: row.weight, bad: row.isBad ? row.weight : 0, values });
    if (!row.isBad || host === null) return;
    for (const [dimension, value] of Object.entries(values)) {
      const key = `${dimension} ${value}`;
      const counts = this.#hosts.get(key) ?? new Map<string, number>();
      this.#hosts.set(key, counts);
      if (counts.has(host) || counts.size < MOST_HOSTS) {
        counts.set(host, (counts.get(host) ?? 0) + row.weight);
      }
    }
  }

  rank(): readonly Symptom[] {
    return this.#table
      .rank()
      .slice(0, MOST_SYMPTOMS)
      .map((row) => {
        let mostlyAt: Symptom['mostlyAt'] = null;
        for (const [host, bad] of this.#hosts.get(`${row.dimension} ${row.value}`) ?? []) {
          if (mostlyAt === null || bad > mostlyAt.bad) mostlyAt = { host, bad };
        }
        return { ...row, isExact: false, about: null, mostlyAt };
      });
  }
}

/** The phase that failed; of what was only late, the one that took longest. */
function phaseOf({ isBad, outcome, failedPhase, longestPhase }: SampledDelivery): string {
  if (!isBad) return 'none';
  if (outcome === null) return 'queued';
  if (outcome === 'delivered') return longestPhase ?? 'none';
  return failedPhase ?? 'answered';
}

/** `5xx`; where there was no answer, what came instead. */
function statusOf({ statusCode, outcome }: SampledDelivery): string {
  if (statusCode !== null) return `${Math.floor(statusCode / 100)}xx`;
  return outcome ?? 'not attempted';
}
