import type { Configuration, Draft, Objective } from '../change/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { everything } from './objective.ts';

const common = {
  periodDays: 30,
  owner: 'platform',
  consumers: [],
  slice: everything,
  value: null,
} as const;

/**
 * What a service promises before anybody said so, over everything. Deleted ones are not made again.
 *
 * @param deliveryDeadlineMs the service's own.
 */
export function defaultObjectives(deliveryDeadlineMs: number): readonly Draft<Objective>[] {
  return [
    {
      ...common,
      name: 'first-attempt',
      description: '99 % of deliveries arrive by their first attempt: receivers and we are well.',
      indicator: 'first_attempt',
      target: 0.99,
      deadlineMs: null,
    },
    {
      ...common,
      name: 'on-time',
      description: `99.9 % of deliveries arrive within ${deliveryDeadlineMs / 1000} s of acceptance, retries included.`,
      indicator: 'on_time',
      target: 0.999,
      deadlineMs: deliveryDeadlineMs,
    },
    {
      ...common,
      name: 'accounted',
      description: 'No delivery is ever unaccounted; the target is the highest that there is.',
      indicator: 'accounted',
      target: 0.99999,
      deadlineMs: null,
    },
  ];
}

/** Makes the default objectives where no change ever was about one: at the first start. */
export async function makeDefaultObjectives(
  { objectives }: Pick<Configuration, 'objectives'>,
  ledger: Pick<Ledger, 'changes'>,
  deliveryDeadlineMs: number,
): Promise<void> {
  const known = await ledger.changes({ kind: 'objective', limit: 100, descending: false });
  const made = new Set(known.flatMap(({ items }) => items.map(({ subject }) => subject)));
  // One by one: a start that was cut short goes on where it ended, unless somebody was at work since.
  if (known.some(({ via }) => via !== 'holdfast')) return;
  for (const objective of defaultObjectives(deliveryDeadlineMs)) {
    if (made.has(objective.name)) continue;
    const reason = 'Default objectives at the first start.';
    await objectives.create(objective, { actor: 'holdfast', via: 'holdfast', reason });
  }
}
