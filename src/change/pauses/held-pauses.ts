import type { Pause } from './pause.ts';
import { DEFAULT_RESUME_PER_SECOND, uidOfPause } from './pause.ts';

/** What is asked at every delivery. */
export type PauseLookup = {
  /** Grows with each pause that begins, ends or changes. */
  readonly generation: number;
  /** The pause that holds all deliveries of an application: its own, or the service's. */
  of(appId: number): Pause | null;
  /** Event types of an application that are held; the same set until something changes. */
  typesOf(appId: number): ReadonlySet<string>;
  /** Milliseconds between deliveries of what was set aside in an application; 0: each when it was due. */
  resumeEveryMs(appId: number): number;
};

const none: ReadonlySet<string> = new Set();
/** Of pauses that are over, the last so many rates are known. */
const MOST_ENDED = 1000;

/** All pauses, in memory. Written after each write of one is durable. */
export class HeldPauses implements PauseLookup {
  generation = 0;
  readonly #pauses = new Map<number, Pause>();
  #whole = new Map<number, Pause>();
  #types = new Map<number, Set<string>>();
  #known = new Map<number, ReadonlySet<string>>();
  /** The rate that the last pause of event types of an application (0: of all) asked for. */
  readonly #rates = new Map<number, number | null>();

  all(): readonly Pause[] {
    return [...this.#pauses.values()];
  }

  of(appId: number): Pause | null {
    // There is none, nearly always.
    if (this.#whole.size === 0) return null;
    return this.#whole.get(appId) ?? this.#whole.get(0) ?? null;
  }

  typesOf(appId: number): ReadonlySet<string> {
    if (this.#types.size === 0) return none;
    const known = this.#known.get(appId);
    if (known !== undefined) return known;
    const types = new Set([...(this.#types.get(0) ?? []), ...(this.#types.get(appId) ?? [])]);
    const made = types.size === 0 ? none : types;
    this.#known.set(appId, made);
    return made;
  }

  resumeEveryMs(appId: number): number {
    const rates = [this.#rates.get(0), this.#rates.get(appId)].filter((rate) => rate !== undefined);
    if (rates.length === 0) return 1000 / DEFAULT_RESUME_PER_SECOND;
    return Math.max(...rates.map((rate) => (rate === null ? 0 : 1000 / rate)));
  }

  /** True where it changes what is held. */
  keep(pause: Pause): boolean {
    const known = this.#pauses.get(pause.id);
    this.#pauses.set(pause.id, pause);
    this.#remember(pause);
    if (
      known !== undefined &&
      known.appId === pause.appId &&
      uidOfPause(known) === uidOfPause(pause)
    ) {
      return false;
    }
    this.#follow();
    return true;
  }

  /** The pause that is over, or null where there was none. */
  forget(id: number): Pause | null {
    const known = this.#pauses.get(id);
    if (known === undefined) return null;
    this.#pauses.delete(id);
    this.#follow();
    return known;
  }

  #remember({ appId, eventType, resumePerSecond }: Pause): void {
    if (eventType === null) return;
    if (this.#rates.size >= MOST_ENDED && !this.#rates.has(appId)) this.#rates.clear();
    this.#rates.set(appId, resumePerSecond);
  }

  #follow(): void {
    this.generation += 1;
    this.#whole = new Map();
    this.#types = new Map();
    this.#known = new Map();
    for (const pause of this.#pauses.values()) {
      const { appId, eventType } = pause;
      if (eventType === null) this.#whole.set(appId, pause);
      else {
        const types = this.#types.get(appId) ?? new Set();
        this.#types.set(appId, types.add(eventType));
      }
    }
  }
}
