import { canonicalText, isJsonObject, member, type JsonObject } from './json.ts';
import type { References } from './references.ts';
import { isSchema, subschemasOf } from './subschemas.ts';
import { isRemark } from './view.ts';

/** A schema where it stands: its references lead into its own document. */
export type Placed = { readonly schema: unknown; readonly references: References };

/** Whether two schemas say the same in the same words; remarks such as titles aside. False where it is not plain. */
export function isSameSchema(one: Placed, other: Placed): boolean {
  return new Sameness(one.references, other.references).schemas(one.schema, other.schema);
}

class Sameness {
  readonly #ones: References;
  readonly #others: References;
  /** Pairs that are being compared: where they are met again, they are the same as far as they are. */
  readonly #under = new Map<JsonObject, Set<JsonObject>>();

  constructor(ones: References, others: References) {
    this.#ones = ones;
    this.#others = others;
  }

  schemas(one: unknown, other: unknown): boolean {
    if (!isJsonObject(one) || !isJsonObject(other)) return one === other && isSchema(one);
    const met = this.#under.get(one) ?? new Set();
    if (met.has(other)) return true;
    this.#under.set(one, met.add(other));
    const keywords = Object.keys(one).filter((keyword) => !isRemark(keyword));
    const others = Object.keys(other).filter((keyword) => !isRemark(keyword));
    return (
      keywords.length === others.length &&
      keywords.every(
        (keyword) => Object.hasOwn(other, keyword) && this.#keyword(keyword, one, other),
      )
    );
  }

  #keyword(keyword: string, one: JsonObject, other: JsonObject): boolean {
    const [value, otherValue] = [member(one, keyword), member(other, keyword)];
    if (keyword === '$ref' && typeof value === 'string' && typeof otherValue === 'string') {
      return this.schemas(this.#ones(value), this.#others(otherValue));
    }
    const below = subschemasOf({ [keyword]: value });
    const otherBelow = subschemasOf({ [keyword]: otherValue });
    if (below.length === 0) return canonicalText(value) === canonicalText(otherValue);
    if (below.length !== otherBelow.length || keyword === 'dependencies') return false;
    const byPointer = new Map(otherBelow.map(({ pointer, schema }) => [pointer, schema]));
    return below.every(
      ({ pointer, schema }) =>
        byPointer.has(pointer) && this.schemas(schema, byPointer.get(pointer)),
    );
  }
}
