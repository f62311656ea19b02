import {
  createPayloadCheck,
  latestVersion,
  type PayloadCheck,
  type Problem,
} from '../contract/index.ts';
import { fault, type Clock, type HoldfastError } from '../core/index.ts';
import type { ContractMode, EventType } from '../change/index.ts';

/** A payload that does not follow the version of its contract in force. */
export type Violation = {
  readonly eventType: string;
  readonly version: string;
  readonly mode: 'warn' | 'reject';
  readonly problems: readonly Problem[];
};

/** One that was seen: null where the message was refused. */
export type SeenViolation = Violation & {
  readonly at: number;
  readonly appId: number | null;
  readonly messageId: number | null;
};

type Held = {
  readonly mode: 'warn' | 'reject';
  readonly version: string;
  readonly schema: unknown;
  /** Compiled for the first payload. */
  check?: PayloadCheck;
};
type Count = { warn: number; reject: number; readonly examples: SeenViolation[] };

/** Examples that are kept of an event type, since the start. */
const MOST_EXAMPLES = 5;
/** Event types that are counted by name; those beyond are one. */
const MOST_COUNTED = 200;
const OTHER = 'other';

/**
 * Holds payloads to the contracts of their event types. Only event types with a mode are held: for all others it is
 * one look into a map, and no payload is parsed.
 */
export class ContractGate {
  readonly #held = new Map<string, Held>();
  readonly #counts = new Map<string, Count>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes an event type as it is now. */
  keep({ name, contract, schemas }: Pick<EventType, 'name' | 'contract' | 'schemas'>): void {
    const mode: ContractMode = contract?.mode ?? 'off';
    const version = latestVersion(schemas);
    if (mode === 'off' || version === undefined) this.#held.delete(name);
    else this.#held.set(name, { mode, version, schema: schemas?.[version] });
  }

  forget(name: string): void {
    this.#held.delete(name);
    this.#counts.delete(name);
  }

  /**
   * What a payload, given as JSON text, does against its contract; undefined: nothing, or there is none.
   * Throws `validation` where the mode is reject.
   */
  check(eventType: string, payload: string): Violation | undefined {
    const held = this.#held.get(eventType);
    if (held === undefined) return undefined;
    const { mode, version, schema } = held;
    held.check ??= createPayloadCheck(schema, `schemas.${version}`);
    const problems = held.check.problems(payload);
    if (problems.length === 0) return undefined;
    const violation: Violation = { eventType, version, mode, problems };
    if (mode === 'warn') return violation;
    this.note(violation, null, null);
    throw refusal(violation);
  }

  /** Counts a violation: one that is warned of counts once its message is stored. */
  note(violation: Violation, appId: number | null, messageId: number | null): void {
    const { eventType, mode } = violation;
    const isCounted = this.#counts.has(eventType) || this.#counts.size < MOST_COUNTED;
    const name = isCounted ? eventType : OTHER;
    const count = this.#counts.get(name) ?? { warn: 0, reject: 0, examples: [] };
    this.#counts.set(name, count);
    count[mode] += 1;
    count.examples.unshift({ ...violation, at: this.#clock.now(), appId, messageId });
    count.examples.splice(MOST_EXAMPLES);
  }

  /** What was seen of an event type since the start, the newest example first. */
  seen(eventType: string): Readonly<Count> {
    return this.#counts.get(eventType) ?? { warn: 0, reject: 0, examples: [] };
  }

  counts(): readonly {
    readonly eventType: string;
    readonly warn: number;
    readonly reject: number;
  }[] {
    const named = [...this.#counts].map(([eventType, { warn, reject }]) => ({
      eventType,
      warn,
      reject,
    }));
    // A counter that is there from the start can be watched from the start.
    return this.#counts.has(OTHER) ? named : [...named, { eventType: OTHER, warn: 0, reject: 0 }];
  }
}

function refusal({ eventType, version, problems }: Violation): HoldfastError {
  const sentences = problems.map(({ field, rule }) => `"${field}" ${rule}.`);
  return fault('validation', {
    field: problems[0]?.field ?? 'payload',
    detail: `The payload does not follow version ${version} of "${eventType}": ${sentences.join(' ')}`,
  });
}
