import {
  resolvePolicy,
  layersOf,
  type PoliciesOf,
  type PolicyBase,
  type PolicyInForce,
} from './policy.ts';
import type { Endpoint, Policy } from './records.ts';

/** What is asked at every delivery: the policies that an endpoint stands under. */
export type PolicyLookup = {
  /** Grows with each change of a policy, or of which one an application refers to. */
  readonly generation: number;
  policiesOf(endpoint: Pick<Endpoint, 'appId' | 'policy'>): PoliciesOf;
};

/**
 * All policies and the applications that refer to one, in memory: deliveries ask at once and cannot wait for the
 * ledger. Written after each write of either is durable.
 */
export class NamedPolicies implements PolicyLookup {
  generation = 0;
  readonly #byName = new Map<string, Policy>();
  readonly #nameOfApp = new Map<number, string>();

  get size(): number {
    return this.#byName.size;
  }

  byName(name: string): Policy | null {
    return this.#byName.get(name) ?? null;
  }

  /** What an application refers to, there or not. */
  nameOf(appId: number): string | null {
    return this.#nameOfApp.get(appId) ?? null;
  }

  ofApplication(appId: number): Policy | null {
    const name = this.nameOf(appId);
    return name === null ? null : this.byName(name);
  }

  policiesOf({ appId, policy }: Pick<Endpoint, 'appId' | 'policy'>): PoliciesOf {
    if (this.#byName.size === 0) return none;
    return {
      application: this.ofApplication(appId),
      endpoint: policy === null ? null : this.byName(policy),
    };
  }

  put(policy: Policy): void {
    this.#byName.set(policy.name, policy);
    this.generation += 1;
  }

  remove(name: string): void {
    if (this.#byName.delete(name)) this.generation += 1;
  }

  /** True where the application referred to another one before. */
  refer(appId: number, name: string | null): boolean {
    if (this.nameOf(appId) === name) return false;
    if (name === null) this.#nameOfApp.delete(appId);
    else this.#nameOfApp.set(appId, name);
    this.generation += 1;
    return true;
  }
}

const none: PoliciesOf = { application: null, endpoint: null };

/**
 * Resolves the policy in force for an endpoint, once for each of its records: a record in memory is replaced when it is
 * written, and all answers are forgotten when a policy is.
 */
export function createPolicyResolver(
  base: PolicyBase,
  policies: PolicyLookup,
): (endpoint: Endpoint) => PolicyInForce {
  let known = new WeakMap<Endpoint, PolicyInForce>();
  let { generation } = policies;
  return (endpoint) => {
    if (generation !== policies.generation) {
      ({ generation } = policies);
      known = new WeakMap();
    }
    const found = known.get(endpoint);
    if (found !== undefined) return found;
    const made = resolvePolicy(base, layersOf(endpoint, policies.policiesOf(endpoint)));
    known.set(endpoint, made);
    return made;
  };
}
