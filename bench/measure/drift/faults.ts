import type { DriftFinding, DriftKind } from '../../../src/contract/index.ts';
import type { Payment } from '../../../test/support/payment.ts';

/** What a producer may do to payments, and how it shows. */
export type Fault = {
  readonly name: string;
  readonly kind: DriftKind;
  readonly field: string;
  harm(payment: Payment): void;
};

const times =
  (factor: number) =>
  (payment: Payment): void => {
    payment.amount = Number(payment.amount) * factor;
  };

export const faults: readonly Fault[] = [
  { name: 'amount ×10', kind: 'shift', field: 'amount', harm: times(10) },
  { name: 'amount ×100', kind: 'shift', field: 'amount', harm: times(100) },
  { name: 'amount ×1000', kind: 'shift', field: 'amount', harm: times(1000) },
  { name: 'cents → units (÷100)', kind: 'shift', field: 'amount', harm: times(0.01) },
  {
    name: 'seconds → milliseconds',
    kind: 'shift',
    field: 'created',
    harm(payment) {
      payment.created *= 1000;
    },
  },
  {
    name: 'country vanishes',
    kind: 'vanished',
    field: 'customer.country',
    harm(payment) {
      delete payment.customer.country;
    },
  },
  {
    name: 'new status',
    kind: 'new_value',
    field: 'status',
    harm(payment) {
      payment.status = 'requires_action';
    },
  },
  {
    name: 'amount as text',
    kind: 'type_changed',
    field: 'amount',
    harm(payment) {
      payment.amount = String(payment.amount);
    },
  },
];

export function shows(fault: Fault, finding: DriftFinding): boolean {
  return finding.kind === fault.kind && finding.field === fault.field;
}
