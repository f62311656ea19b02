import { fault } from '../core/index.ts';
import type { ChangeBy } from '../ledger/index.ts';
import { SYSTEM, type Incident } from './incident.ts';
import type { MitigationOffer, MitigationTarget } from './mitigations/index.ts';
import type { AutoMitigate } from './opening.ts';

/** The menu, as far as it is used without anybody. */
export type Mitigating = {
  offers(incident: Incident): Promise<readonly MitigationOffer[]>;
  apply(given: {
    readonly incidentId: number;
    readonly kind: string;
    readonly target: MitigationTarget;
    readonly by: ChangeBy;
    readonly isAutomatic: boolean;
  }): Promise<unknown>;
};

/**
 * Applies what a rule allows where the menu offers it: once, to the place with the most failures. Throws
 * `state_conflict` where the menu offers none of its kind, and as the menu does.
 */
export function createAutoMitigate(mitigating: Mitigating): AutoMitigate {
  return async (incident, kind, rule) => {
    const offer = (await mitigating.offers(incident)).find((each) => each.kind === kind);
    if (offer === undefined) {
      throw fault('state_conflict', { detail: 'There is no place where it would help.' });
    }
    const reason = `The rule "${rule}" allows it. ${offer.because}`;
    const by = { actor: SYSTEM, via: 'holdfast', reason } as const;
    const { target } = offer;
    await mitigating.apply({ incidentId: incident.id, kind, target, by, isAutomatic: true });
  };
}
