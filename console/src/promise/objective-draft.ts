import type { ObjectiveBody, Terms } from './objective.ts';

/** An objective as its fields have it, while somebody writes it. */
export type Draft = {
  readonly name: string;
  readonly description: string;
  readonly indicator: ObjectiveBody['indicator'];
  /** In percent. */
  readonly target: number | '';
  readonly deadlineMs: string;
  readonly periodDays: number | '';
  readonly owner: string;
  readonly consumers: readonly string[];
  readonly appIds: readonly string[];
  readonly endpointIds: readonly string[];
  readonly eventTypes: readonly string[];
  /** Each `name=value`. */
  readonly applicationMetadata: readonly string[];
  readonly endpointMetadata: readonly string[];
  /** In the currency's main unit; empty: none. */
  readonly value: number | '';
  readonly currency: string;
};

export const blank: Draft = {
  name: '',
  description: '',
  indicator: 'on_time',
  target: 99.9,
  deadlineMs: '',
  periodDays: 30,
  owner: '',
  consumers: [],
  appIds: [],
  endpointIds: [],
  eventTypes: [],
  applicationMetadata: [],
  endpointMetadata: [],
  value: '',
  currency: 'EUR',
};

export function draftOf(terms: Terms): Draft {
  const { slice, value, target, deadlineMs } = terms;
  return {
    name: terms.name,
    description: terms.description,
    indicator: terms.indicator,
    target: Number((target * 100).toPrecision(12)),
    deadlineMs: deadlineMs === null ? '' : String(deadlineMs),
    periodDays: terms.periodDays,
    owner: terms.owner,
    consumers: terms.consumers,
    appIds: slice.appIds,
    endpointIds: slice.endpointIds,
    eventTypes: slice.eventTypes,
    applicationMetadata: labelsOf(slice.applicationMetadata),
    endpointMetadata: labelsOf(slice.endpointMetadata),
    value: value === null ? '' : value.valuePerDelivery / 10 ** digitsOf(value.currency),
    currency: value?.currency ?? blank.currency,
  };
}

/** As it is stored. What is not filled in goes as it is, and the API says which field that is. */
export function bodyOf(draft: Draft): ObjectiveBody {
  return { name: draft.name.trim(), ...termsOf(draft) };
}

/** The same without its name. */
export function termsOf(draft: Draft): Omit<ObjectiveBody, 'name'> {
  const { indicator, deadlineMs, value, currency } = draft;
  const hasDeadline = indicator === 'on_time' || indicator === 'freshness';
  return {
    description: draft.description.trim(),
    indicator,
    target: Number((Number(draft.target) / 100).toPrecision(12)),
    ...(hasDeadline && deadlineMs !== '' ? { deadlineMs: Number(deadlineMs) } : {}),
    periodDays: Number(draft.periodDays),
    owner: draft.owner.trim(),
    consumers: [...draft.consumers],
    slice: {
      appIds: [...draft.appIds],
      endpointIds: [...draft.endpointIds],
      eventTypes: [...draft.eventTypes],
      applicationMetadata: metadataOf(draft.applicationMetadata),
      endpointMetadata: metadataOf(draft.endpointMetadata),
    },
    value:
      value === ''
        ? null
        : { valuePerDelivery: Math.round(value * 10 ** digitsOf(currency)), currency },
  };
}

/** What the preview needs and nobody has named yet. */
export function previewBody(draft: Draft): ObjectiveBody {
  const body = bodyOf(draft);
  return { ...body, name: body.name || 'preview', owner: body.owner || 'nobody' };
}

function labelsOf(of: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(of).map(([name, value]) => `${name}=${value}`);
}

function metadataOf(labels: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    labels.map((label) => {
      const at = label.indexOf('=');
      return at < 0 ? [label.trim(), ''] : [label.slice(0, at).trim(), label.slice(at + 1).trim()];
    }),
  );
}

/** Whether both say the same. */
export function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What must be filled in before it can be stored; undefined: nothing. */
export function whyNotStored({ name, owner, target, periodDays }: Draft): string | undefined {
  const missing = [
    ...(name.trim() === '' ? ['its name'] : []),
    ...(target === '' ? ['its target'] : []),
    ...(periodDays === '' ? ['over how many days'] : []),
    ...(owner.trim() === '' ? ['who keeps it'] : []),
  ];
  return missing.length === 0 ? undefined : `Say first: ${missing.join(', ')}.`;
}

/** In percent, as the service bounds it. */
export const targetBounds = { min: 0.001, max: 99.999 } as const;

/** What is wrong with a target, in its own unit; undefined: nothing. */
export function targetError(target: number | ''): string | undefined {
  if (target === '') return 'Say a share, such as 99.9 %.';
  return target >= targetBounds.min && target <= targetBounds.max
    ? undefined
    : `From ${targetBounds.min} to ${targetBounds.max} %.`;
}

/** Decimals of a currency's main unit; 2 where nobody knows it. */
export function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
