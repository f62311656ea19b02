/** What a row of a minute is of. */
export type RowKey = {
  readonly appId: number;
  readonly endpointId: number;
  readonly eventType: string;
};

/** So many keys are kept before it is asked how many are in use. */
const FEW = 50_000;
/** Of those that the newest minute has. */
const MOST_TIMES = 4;

/** Numbers for what rows are of, so that each minute's rows hold a number and not all of it; some 100 bytes a key. */
export class RowKeys {
  readonly #keys: RowKey[] = [];
  /** By endpoint. Most have one event type, or a few. */
  readonly #places = new Map<number, number[]>();

  get size(): number {
    return this.#keys.length;
  }

  placeOf(endpointId: number, appId: number, eventType: string): number {
    const places = this.#places.get(endpointId);
    const known = places?.find((nth) => this.#isAt(nth, appId, eventType));
    if (known !== undefined) return known;
    const made = this.#keys.length;
    this.#keys.push({ appId, endpointId, eventType });
    if (places === undefined) this.#places.set(endpointId, [made]);
    else places.push(made);
    return made;
  }

  at(place: number): RowKey {
    const key = this.#keys[place];
    if (key === undefined) throw new Error(`no row is known by the number ${place}`);
    return key;
  }

  /** Most of it is of what no newer minute has. */
  isOutgrown(rows: number): boolean {
    return this.size > Math.max(FEW, MOST_TIMES * rows);
  }

  #isAt(nth: number, appId: number, eventType: string): boolean {
    const key = this.#keys[nth];
    return key?.eventType === eventType && key.appId === appId;
  }
}
