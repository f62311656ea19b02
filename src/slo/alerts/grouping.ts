type Window = { readonly endsAt: number; readonly isUsed: boolean };

const MOST_GROUPS = 1000;

/**
 * When the notifications of a group go out. The first goes at once; those that come within the window after it go
 * together at its end, which begins the next window. What a restart forgets of it is one notification that could have
 * waited.
 */
export class Grouping {
  readonly #windowMs: number;
  readonly #windows = new Map<string, Window>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** @param at the earliest moment at which it may go. */
  dueAt(notifier: string, group: string, at: number): number {
    this.#forget(at);
    const key = `${notifier}\n${group}`;
    const { endsAt, isUsed } = this.#windows.get(key) ?? { endsAt: 0, isUsed: false };
    const next = isUsed ? endsAt + this.#windowMs : endsAt;
    const goesWith = at < endsAt ? endsAt : at < next ? next : null;
    const ends = goesWith ?? at + this.#windowMs;
    this.#windows.set(key, { endsAt: ends, isUsed: goesWith !== null });
    return goesWith ?? at;
  }

  #forget(now: number): void {
    if (this.#windows.size < MOST_GROUPS) return;
    for (const [key, { endsAt }] of this.#windows) {
      if (endsAt + this.#windowMs <= now) this.#windows.delete(key);
    }
  }
}
