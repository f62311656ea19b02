import type { JsonObject } from './json.ts';
import type { References } from './references.ts';
import type { View } from './view.ts';

/**
 * One reason why what a schema lets through (`given`) may be refused by another (`wanted`). The comparison runs in
 * both directions, and difference.ts makes the differences between two versions of both.
 */
const aspects = [
  'type',
  'null',
  'value',
  'values',
  'const',
  'required',
  'property',
  'known property',
  'other properties',
  'number',
  'length',
  'pattern',
  'format',
  'items',
  'array size',
  'unique items',
  'object size',
  'forbidden',
  'alternative',
  'unit',
  'undecided',
] as const;
export type Aspect = (typeof aspects)[number];

export type Gap = {
  /** JSON pointer into the payload; "*" stands for every element, or every member that no schema names. */
  readonly path: string;
  readonly aspect: Aspect;
  /** Tells gaps of one aspect at one place apart: a keyword, a value. */
  readonly detail: string;
  /** What the two schemas say there, as JSON; undefined: nothing. */
  readonly given: unknown;
  readonly wanted: unknown;
};

/** What the parts of the comparison ask of the whole. */
export type Walk = {
  gap(gap: Gap): void;
  /** Compares what two views say about a place of the payload that has not been looked at. */
  place(given: View, wanted: View, path: string): void;
  /** The gaps, and none of them is reported. */
  tried(compare: () => void): readonly Gap[];
  /** The same place again, with more known about one of the two. */
  again(given: View, wanted: View, path: string): void;
};

/** One object of the wanted view, against all that is given. */
export type Step = {
  readonly given: View;
  readonly wanted: JsonObject;
  readonly references: References;
  readonly path: string;
  readonly walk: Walk;
};
