import {
  createConversion,
  type Conversion,
  type Converted,
  type Endpoint,
  type EventType,
} from '../change/index.ts';

/** The payload of an event type as an endpoint's pinned version has it; null: the event type is not pinned. */
export type Pinned = (
  eventType: string,
  payload: string,
) => (Converted & { readonly version: string }) | null;

type Known = Pick<EventType, 'schemas' | 'contract'>;
/** Prepared for the first payload that needs it. */
type Held = Known & { readonly conversions: Map<string, Conversion> };

/**
 * What makes payloads of the versions that endpoints are pinned to. Event types with schemas are in memory, as
 * deliveries cannot wait for the ledger; one that is written is prepared anew for its next payload.
 */
export class PayloadVersions {
  readonly #maxBytes: number;
  readonly #held = new Map<string, Held>();

  /** @param maxBytes of a converted payload. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes an event type as it is now. */
  keep({ name, schemas, contract }: Pick<EventType, 'name' | 'schemas' | 'contract'>): void {
    if (schemas === null) this.#held.delete(name);
    else this.#held.set(name, { schemas, contract, conversions: new Map() });
  }

  forget(name: string): void {
    this.#held.delete(name);
  }

  /** Null for an endpoint without pins: that is all that most deliveries pay. */
  of({ payloadVersions }: Pick<Endpoint, 'payloadVersions'>): Pinned | null {
    if (payloadVersions === null) return null;
    const pins = new Map(Object.entries(payloadVersions));
    return (eventType, payload) => {
      const version = pins.get(eventType);
      return version === undefined
        ? null
        : { version, ...this.#conversion(eventType, version)(payload) };
    };
  }

  #conversion(eventType: string, version: string): Conversion {
    const held = this.#held.get(eventType) ?? nothing;
    const known = held.conversions.get(version);
    if (known !== undefined) return known;
    const made = createConversion(held, version, { maxBytes: this.#maxBytes });
    if (held !== nothing) held.conversions.set(version, made);
    return made;
  }
}

const nothing: Held = { schemas: null, contract: null, conversions: new Map() };
