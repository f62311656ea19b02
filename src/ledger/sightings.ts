/** One thing that a peer showed: the addresses in one prefix, or the value of one header. */
export type Sighting = {
  /** What it is of: `addresses`, or the header's name. */
  readonly name: string;
  /** What tells it from others of that name, such as the prefix. */
  readonly key: string;
  /** As it is shown. */
  readonly texts: readonly string[];
};

/** A sighting that is known; `isTold` is false while no change has told of it. */
type Known = Sighting & { readonly seenAt: number; readonly isTold: boolean };

/** What is known of a peer. */
export type Memory = {
  readonly firstAt: number;
  /** When a change told of it last; null: none did. */
  readonly toldAt: number | null;
  /** The one seen last comes first. */
  readonly known: readonly Known[];
};

type Shown = Readonly<Record<string, readonly string[]>>;

export type Looked = {
  readonly memory: Memory;
  /** What it was known by, and what it shows now; null: nothing is to be told, or not yet. */
  readonly change: { readonly before: Shown; readonly after: Shown } | null;
  /** Something new waits until the peer may be told of again. */
  readonly isHeld: boolean;
};

/** A peer is told of this often at most; what it shows new in between is told together. */
const TELL_EVERY_MS = 3_600_000;
/** Of one name. Who shows so many in a month shows another each time, and nothing more of that name is told. */
const MOST_KNOWN = 16;
const DAY_MS = 86_400_000;
const FORGET_MS = 30 * DAY_MS;

/**
 * Adds what a peer shows to what is known of it. While it is being learned (`learnMs` from the first time) and where
 * a name is new, everything is taken as normal: machines behind one name, pools of addresses. Later what is not known
 * is a change. What was not seen for 30 days is forgotten.
 */
export function look(
  before: Memory | null,
  shown: readonly Sighting[],
  { at, learnMs }: { readonly at: number; readonly learnMs: number },
): Looked {
  const firstAt = before?.firstAt ?? at;
  const toldAt = before?.toldAt ?? null;
  const isLearning = before === null || at - firstAt < learnMs;
  let known = (before?.known ?? []).filter(({ seenAt }) => at - seenAt < FORGET_MS);
  for (const sighting of shown) {
    const same = known.filter(({ name }) => name === sighting.name);
    const old = same.find(({ key }) => key === sighting.key);
    const isNormal = isLearning || same.length === 0 || same.length >= MOST_KNOWN;
    const isTold = old?.isTold ?? isNormal;
    const gone = old ?? (same.length >= MOST_KNOWN ? same.at(-1) : undefined);
    known = [{ ...sighting, seenAt: at, isTold }, ...known.filter((each) => each !== gone)];
  }
  const news = new Set(known.filter(({ isTold }) => !isTold).map(({ name }) => name));
  const isEarly = toldAt !== null && at - toldAt < TELL_EVERY_MS;
  if (news.size === 0 || isEarly) {
    return { memory: { firstAt, toldAt, known }, change: null, isHeld: news.size > 0 };
  }
  const isShown = ({ name, key }: Sighting): boolean =>
    shown.some((each) => each.name === name && each.key === key);
  return {
    memory: { firstAt, toldAt: at, known: known.map((each) => ({ ...each, isTold: true })) },
    change: {
      before: textsOf(news, inUse(before?.known ?? [])),
      after: textsOf(
        news,
        known.filter((each) => !each.isTold || isShown(each)),
      ),
    },
    isHeld: false,
  };
}

/** Of each name what was seen in the last day in which anything of it was: sightings are written down once a day. */
function inUse(known: readonly Known[]): readonly Known[] {
  const told = known.filter(({ isTold }) => isTold);
  return told.filter(({ name, seenAt }) => {
    const newest = Math.max(
      ...told.filter((each) => each.name === name).map((each) => each.seenAt),
    );
    return newest - seenAt <= DAY_MS;
  });
}

function textsOf(names: ReadonlySet<string>, known: readonly Known[]): Shown {
  return Object.fromEntries(
    Array.from(names, (name) => [
      name,
      known.filter((each) => each.name === name).flatMap(({ texts }) => texts),
    ]),
  );
}
