import { assertNever } from '../core/index.ts';
import type { DeliveryState } from '../ledger/index.ts';

/** Svix's four statuses. A dead or cancelled delivery is a fail there. */
export const statusNames = ['success', 'pending', 'fail', 'sending'] as const;
export type StatusName = (typeof statusNames)[number];

/** A delivery that waits for its retry is being sent, in Svix's words. */
export function statusOf({
  state,
  attempts,
}: {
  readonly state: DeliveryState;
  readonly attempts: number;
}): StatusName {
  switch (state) {
    case 'delivered':
      return 'success';
    case 'scheduled':
      return attempts === 0 ? 'pending' : 'sending';
    case 'in_flight':
      return 'sending';
    case 'dead':
    case 'cancelled':
      return 'fail';
    default:
      return assertNever(state);
  }
}

/** The states of attempted deliveries that a status in a query stands for; none are pending. */
export function statesOfStatus(status: number): readonly DeliveryState[] {
  const states = [['delivered'], [], ['dead', 'cancelled'], ['scheduled', 'in_flight']] as const;
  return states[status] ?? [];
}

export function isOfStatus(outcome: string, isDelivered: boolean | undefined): boolean {
  return isDelivered === undefined || (outcome === 'delivered') === isDelivered;
}

/** @param codeClass 200 is 200 to 299; 0 is no status at all. */
export function isOfClass(statusCode: number | null, codeClass: number | undefined): boolean {
  if (codeClass === undefined) return true;
  return codeClass === 0
    ? statusCode === null
    : statusCode !== null && Math.floor(statusCode / 100) * 100 === codeClass;
}
