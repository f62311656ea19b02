import type { DriftFinding } from './finding.ts';
import type { Suspects } from './suspects.ts';

const MOST_FINDINGS = 50;
/** A finding not seen again for so many messages is settled. */
const SETTLE_AFTER = 4096;
/** What grew so much since it was found, and is in so many messages now, is found anew. */
const GROWN = 10;
const MOST = 0.3;

type Found = Pick<DriftFinding, 'kind' | 'field' | 'factor' | 'value' | 'oncePerMessages'>;

/** As they are kept over a restart. */
export type KeptFindings = {
  readonly nextFinding: number;
  readonly findings: readonly DriftFinding[];
  readonly seen: readonly (readonly [id: number, nth: number])[];
};

/** What was found in one event type's payloads: 50 at most, those that are over go first. Moments are counts of messages. */
export class DriftFindings {
  #all: DriftFinding[] = [];
  #nextId = 1;
  /** When a finding was last seen, by its id. */
  readonly #seenNth = new Map<number, number>();

  get all(): readonly DriftFinding[] {
    return this.#all;
  }

  /** Resolves to the new finding; null: it is known, and was seen again. The suspects are cleared. */
  add(found: Found, suspects: Suspects, nth: number): DriftFinding | null {
    const { examples, firstNth, firstMessageId } = suspects;
    const share = suspects.share();
    const same = this.#sameAs(found, share);
    if (same !== undefined) {
      this.#seenNth.set(same.id, nth);
      this.replace({ ...same, examples: [...examples], repeats: same.repeats + 1 });
      suspects.clear();
      return null;
    }
    const { kind, field, factor, value, oncePerMessages } = found;
    const finding: DriftFinding = {
      id: this.#nextId,
      kind,
      field,
      factor,
      value,
      share,
      sinceMessageId: firstMessageId,
      foundMessageId: examples.at(-1)?.messageId ?? firstMessageId,
      foundWithin: nth - firstNth + 1,
      examples: [...examples],
      oncePerMessages,
      repeats: 0,
      state: 'open',
    };
    this.#nextId += 1;
    this.#all.push(finding);
    this.#seenNth.set(finding.id, nth);
    suspects.clear();
    while (this.#all.length > MOST_FINDINGS) this.#dropOne();
    return finding;
  }

  replace(finding: DriftFinding): DriftFinding {
    this.#all = this.#all.map((known) => (known.id === finding.id ? finding : known));
    return finding;
  }

  /** Those that were not seen for long are over. */
  settle(nth: number): void {
    for (const finding of this.#all) {
      const seenNth = this.#seenNth.get(finding.id) ?? 0;
      if (finding.state === 'open' && seenNth < nth - SETTLE_AFTER) {
        this.replace({ ...finding, state: 'settled' });
      }
    }
  }

  kept(): KeptFindings {
    return { nextFinding: this.#nextId, findings: this.#all, seen: [...this.#seenNth] };
  }

  static from({ nextFinding, findings, seen }: KeptFindings): DriftFindings {
    const made = new DriftFindings();
    made.#nextId = nextFinding;
    made.#all = [...findings];
    for (const [id, nth] of seen) made.#seenNth.set(id, nth);
    return made;
  }

  #sameAs({ kind, field, factor, value }: Found, share: number | null): DriftFinding | undefined {
    return this.#all.find(
      (known) =>
        known.state === 'open' &&
        known.kind === kind &&
        known.field === field &&
        known.value === value &&
        isSameWay(known.factor, factor) &&
        !isGrown(known.share, share),
    );
  }

  #dropOne(): void {
    const ended = this.#all.findIndex(({ state }) => state !== 'open');
    const [dropped] = this.#all.splice(Math.max(0, ended), 1);
    if (dropped !== undefined) this.#seenNth.delete(dropped.id);
  }
}

/** A part of the values may look moved by 100, another by 1000: it is one finding. */
function isSameWay(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return one > 1 === other > 1;
}

function isGrown(before: number | null, now: number | null): boolean {
  return before !== null && now !== null && now >= MOST && now >= GROWN * before;
}
