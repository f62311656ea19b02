import { branchesOf, compareChoices, compareOpaque } from './compare-choices.ts';
import { compareArrays, compareObjects } from './compare-structures.ts';
import {
  compareFormat,
  compareNumbers,
  compareTexts,
  compareTypes,
  compareValues,
} from './compare-values.ts';
import { isImpossible, unitsOf } from './facts.ts';
import type { Gap, Step, Walk } from './gap.ts';
import type { JsonObject } from './json.ts';
import type { References } from './references.ts';
import { isSameSchema } from './same-schema.ts';
import { isAnything, viewOf, type View } from './view.ts';

/** A schema with its references, as inspectSchema gives it. */
export type Referring = { readonly root: unknown; readonly references: References };

/** Comparisons of one object with a view; what needs more is called undecided. */
const MOST_STEPS = 10_000;
/** Gaps that are named. */
const MOST_GAPS = 200;
/** A payload is a JSON object, whether its schema says so or not. */
const PAYLOAD = { type: 'object' };

/**
 * Why a payload that `given` lets through may be refused by `wanted`; empty: it never is. What cannot be decided is a
 * gap of its own, so the answer errs on one side only. Recursive schemas are compared by coinduction: a pair that is
 * met again below itself holds as far as it holds above, and a payload is finite.
 */
export function findGaps(given: Referring, wanted: Referring): readonly Gap[] {
  const comparison = new Comparison();
  comparison.place(
    viewOf(given.references, [given.root, PAYLOAD]),
    viewOf(wanted.references, [wanted.root]),
    '',
  );
  return comparison.gaps();
}

class Comparison implements Walk {
  #found = new Map<string, Gap>();
  /** Pairs of views under comparison. */
  readonly #under = new Set<string>();
  #steps = 0;

  gaps(): readonly Gap[] {
    return [...this.#found.values()];
  }

  gap(gap: Gap): void {
    const key = keyOf(gap);
    if (this.#found.size < MOST_GAPS && !this.#found.has(key)) this.#found.set(key, gap);
  }

  tried(compare: () => void): readonly Gap[] {
    const before = this.#found;
    this.#found = new Map();
    compare();
    const found = this.gaps();
    this.#found = before;
    return found;
  }

  place(given: View, wanted: View, path: string): void {
    if (isAnything(wanted)) return;
    const pair = `${nameOf(given)} ${nameOf(wanted)}`;
    if (this.#under.has(pair)) return;
    this.#under.add(pair);
    this.#units(given, wanted, path);
    this.again(given, wanted, path);
    this.#under.delete(pair);
  }

  again(given: View, wanted: View, path: string): void {
    if (isImpossible(given)) return;
    if (wanted.isNever) {
      const [said] = given.objects;
      this.gap({ path, aspect: 'forbidden', detail: '', given: said, wanted: false });
      return;
    }
    for (const object of wanted.objects) {
      this.#steps += 1;
      if (this.#steps > MOST_STEPS) {
        const detail = 'size';
        this.gap({ path: '', aspect: 'undecided', detail, given: undefined, wanted: undefined });
        return;
      }
      this.#object(given, object, wanted.references, path);
    }
  }

  #object(given: View, wanted: JsonObject, references: References, path: string): void {
    const isSame = given.objects.some((object) =>
      isSameSchema(
        { schema: object, references: given.references },
        { schema: wanted, references },
      ),
    );
    if (isSame) return;
    const found = this.tried(() => compareAll({ given, wanted, references, path, walk: this }));
    if (found.length === 0) return;
    const branches = branchesOf(given);
    if (branches === undefined) {
      for (const gap of found) this.gap(gap);
      return;
    }
    // What is not sure of all branches together may be sure of each.
    const view: View = { references, objects: [wanted], isNever: false };
    for (const branch of branches) this.again(branch, view, path);
  }

  #units(given: View, wanted: View, path: string): void {
    const [units, wantedUnits] = [unitsOf(given), unitsOf(wanted)];
    if (wantedUnits.length === 0 || units.join('\n') === wantedUnits.join('\n')) return;
    this.gap({
      path,
      aspect: 'unit',
      detail: '',
      given: units.length > 0 ? units.join(', ') : undefined,
      wanted: wantedUnits.join(', '),
    });
  }
}

function compareAll(step: Step): void {
  if (!compareTypes(step)) return;
  compareValues(step);
  compareNumbers(step);
  compareTexts(step);
  compareFormat(step);
  compareObjects(step);
  compareArrays(step);
  compareChoices(step);
  compareOpaque(step);
}

export function keyOf({ path, aspect, detail }: Pick<Gap, 'path' | 'aspect' | 'detail'>): string {
  return `${aspect}\n${path}\n${detail}`;
}

/** The same for the same objects. */
function nameOf({ objects, isNever }: View): string {
  const names = objects.map((object) => {
    const known = objectNames.get(object) ?? (lastName += 1);
    objectNames.set(object, known);
    return known;
  });
  return `${isNever ? '!' : ''}${names.sort((one, other) => one - other).join(',')}`;
}

const objectNames = new WeakMap<JsonObject, number>();
let lastName = 0;
