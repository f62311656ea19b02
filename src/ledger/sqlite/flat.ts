/**
 * How operations and their ends travel between threads: one flat array a group. A structured clone writes and looks
 * up every property's name, in both threads: of the operations that deliveries take, accept, claim, settle and release,
 * only the values travel, in a fixed order, and the others as they are. Strings come out as they went in, lone
 * surrogates included, and so do undefined, null, Infinity and every double.
 */
export type Flat = readonly unknown[];

/** Where in a flat array the next value is read. */
export type Cursor = { at: number };

/** Every field of a part of the contract: `satisfies` finds one that is forgotten. */
export type Every<Part> = { readonly [Name in keyof Required<Part>]: unknown };
