/** shift: numbers multiplied by a power of ten. vanished: a field is missing. */
export const driftKinds = ['shift', 'vanished', 'new_value', 'type_changed'] as const;
export type DriftKind = (typeof driftKinds)[number];

/** open: nobody said anything yet. accepted: somebody said it is right so. settled: it has not been seen for long. */
export const driftStates = ['open', 'accepted', 'settled'] as const;
export type DriftState = (typeof driftStates)[number];

/** One message that shows it; `value` is null where the field is missing. */
export type DriftExample = {
  readonly messageId: number;
  readonly value: string | number | null;
};

/** What changed in the payloads of an event type. */
export type DriftFinding = {
  /** Counts from 1 in each event type. */
  readonly id: number;
  readonly kind: DriftKind;
  /** As in `data.items[].price`. */
  readonly field: string;
  /** shift: what values were multiplied by, 0.001 to 1000. */
  readonly factor: number | null;
  /** new_value: it; type_changed: the JSON type. */
  readonly value: string | null;
  /** The share of messages that show it, a first estimate; null: one message alone was enough. */
  readonly share: number | null;
  /** The first message that shows it, as far as is remembered. */
  readonly sinceMessageId: number;
  readonly foundMessageId: number;
  /** Messages looked at from the first that shows it to the one that settled it, both counted. */
  readonly foundWithin: number;
  /** The newest that show it, at most five. */
  readonly examples: readonly DriftExample[];
  /** Chance alone raises an alarm like this at most once in so many messages of the event type, on average. */
  readonly oncePerMessages: number;
  /** How often the same was found again while it was open. */
  readonly repeats: number;
  readonly state: DriftState;
};
