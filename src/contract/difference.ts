import type { Aspect, Gap } from './gap.ts';
import { fieldOf } from './payload-check.ts';
import { shownValue } from './json.ts';

/**
 * backward: readers written for the old version may not understand what the new one sends · forward: readers written
 * for the new version may not understand what the old one sent · both.
 */
export type Breaks = 'backward' | 'forward' | 'both';

export type Difference = {
  /** JSON pointer into the payload; "*" stands for every element, or every member that no schema names. */
  readonly path: string;
  readonly kind: DifferenceKind;
  readonly sentence: string;
  /** What the old and the new version say; null: nothing. */
  readonly before: unknown;
  readonly after: unknown;
  readonly breaks: Breaks;
};

type Wording = readonly [kind: string, words: (before: string, after: string) => string];

/**
 * What a gap is called when the new version sends what the old one refuses (backward), when the new version refuses
 * what the old one sent (forward), and where both are so. A sentence begins with the field.
 */
const wordings = {
  type: {
    backward: ['type_widened', (before, after) => `was ${before} and may now be ${after}`],
    forward: ['type_narrowed', (before, after) => `could be ${before} and is now ${after} only`],
    both: ['type_changed', (before, after) => `changed from ${before} to ${after}`],
  },
  null: {
    backward: ['null_allowed', () => 'was never null and may now be'],
    forward: ['null_refused', () => 'could be null and may not be any more'],
    both: ['type_changed', (before, after) => `changed from ${before} to ${after}`],
  },
  value: {
    backward: ['enum_value_added', (_before, after) => `may now be ${after}, which it never was`],
    forward: ['enum_value_removed', (before) => `may not be ${before} any more`],
    both: ['enum_changed', (before, after) => `changed from ${before} to ${after}`],
  },
  values: {
    backward: ['enum_removed', (before) => `was one of ${before} and may now be something else`],
    forward: ['enum_added', (_before, after) => `is now limited to ${after}`],
    both: ['enum_changed', (before, after) => `changed from ${before} to ${after}`],
  },
  const: {
    backward: ['const_removed', (before) => `was always ${before} and may now be something else`],
    forward: ['const_added', (_before, after) => `is now always ${after}`],
    both: ['const_changed', (before, after) => `was always ${before} and is now always ${after}`],
  },
  required: {
    backward: ['required_removed', () => 'was always there and may now be missing'],
    forward: ['required_added', () => 'could be missing and is now required'],
    both: ['required_changed', () => 'changed whether it is required'],
  },
  property: {
    backward: ['property_removed', () => 'is not described any more: it may be gone, or anything'],
    forward: ['property_added', () => 'is described now, where before it could be anything'],
    both: ['property_changed', () => 'changed'],
  },
  'known property': {
    backward: ['property_added', () => 'is new, and the old version refuses what it does not know'],
    forward: ['property_removed', () => 'was known and is refused now'],
    both: ['property_changed', () => 'changed'],
  },
  'other properties': {
    backward: [
      'additional_properties_allowed',
      () => 'may now have members that the old version refuses',
    ],
    forward: ['additional_properties_refused', () => 'may not have other members any more'],
    both: ['additional_properties_changed', () => 'changed what other members may be'],
  },
  number: {
    backward: ['number_bound_loosened', (before, after) => `had ${before} and now has ${after}`],
    forward: ['number_bound_tightened', (before, after) => `had ${before} and now has ${after}`],
    both: ['number_bound_changed', (before, after) => `had ${before} and now has ${after}`],
  },
  length: {
    backward: ['length_loosened', (before, after) => `had ${before} and now has ${after}`],
    forward: ['length_tightened', (before, after) => `had ${before} and now has ${after}`],
    both: ['length_changed', (before, after) => `had ${before} and now has ${after}`],
  },
  pattern: {
    backward: ['pattern_removed', (before) => `matched ${before} and need not any more`],
    forward: ['pattern_added', (_before, after) => `must now match ${after}`],
    both: ['pattern_changed', (before, after) => `matched ${before} and now matches ${after}`],
  },
  format: {
    backward: ['format_removed', (before) => `had the format ${before} and need not any more`],
    forward: ['format_added', (_before, after) => `must now have the format ${after}`],
    both: ['format_changed', (before, after) => `changed its format from ${before} to ${after}`],
  },
  items: {
    backward: ['items_removed', () => 'is not described any more: elements may be anything'],
    forward: ['items_added', () => 'is described now, where before elements could be anything'],
    both: ['items_changed', () => 'changed'],
  },
  'array size': {
    backward: ['array_bound_loosened', (before, after) => `had ${before} and now has ${after}`],
    forward: ['array_bound_tightened', (before, after) => `had ${before} and now has ${after}`],
    both: ['array_bound_changed', (before, after) => `had ${before} and now has ${after}`],
  },
  'unique items': {
    backward: ['unique_items_removed', () => 'never had equal elements and may now have'],
    forward: ['unique_items_added', () => 'may not have equal elements any more'],
    both: ['unique_items_changed', () => 'changed whether elements may be equal'],
  },
  'object size': {
    backward: ['object_bound_loosened', (before, after) => `had ${before} and now has ${after}`],
    forward: ['object_bound_tightened', (before, after) => `had ${before} and now has ${after}`],
    both: ['object_bound_changed', (before, after) => `had ${before} and now has ${after}`],
  },
  forbidden: {
    backward: ['property_added', () => 'was never there and may now be'],
    forward: ['property_removed', () => 'may not be there any more'],
    both: ['property_changed', () => 'changed'],
  },
  alternative: {
    backward: [
      'alternative_added',
      () => 'may now be what no alternative of the old version takes',
    ],
    forward: ['alternative_removed', () => 'could be what no alternative takes any more'],
    both: ['alternative_changed', () => 'changed its alternatives'],
  },
  unit: {
    backward: ['unit_changed', (before, after) => `changed its unit from ${before} to ${after}`],
    forward: ['unit_changed', (before, after) => `changed its unit from ${before} to ${after}`],
    both: ['unit_changed', (before, after) => `changed its unit from ${before} to ${after}`],
  },
  undecided: {
    backward: ['undecided', () => 'cannot be decided here, and counts as breaking'],
    forward: ['undecided', () => 'cannot be decided here, and counts as breaking'],
    both: ['undecided', () => 'cannot be decided here, and counts as breaking'],
  },
} as const satisfies Record<Aspect, Record<Breaks, Wording>>;

export type DifferenceKind = (typeof wordings)[Aspect][Breaks][0] | 'unit_added' | 'unit_removed';

/** A unit is read by people and programs alike as it is written: no direction bears another one. */
export function differenceOf(gap: Gap, direction: Breaks): Difference {
  const isForward = direction === 'forward';
  const before = jsonOrNull(isForward ? gap.given : gap.wanted);
  const after = jsonOrNull(isForward ? gap.wanted : gap.given);
  if (gap.aspect === 'unit') return unitDifference(gap.path, before, after);
  const [kind, words] = wordings[gap.aspect][direction];
  const [was, is] = isBound(gap.aspect)
    ? [boundShown(gap.detail, before), boundShown(gap.detail, after)]
    : [shown(before), shown(after)];
  const said = words(was, is);
  const rule = gap.aspect === 'undecided' ? `${said}: ${reasonOf(gap.detail)}` : said;
  const path = gap.path.slice(0, LONGEST_PATH);
  return { path, kind, sentence: sentence(path, rule), before, after, breaks: direction };
}

function unitDifference(whole: string, before: unknown, after: unknown): Difference {
  const path = whole.slice(0, LONGEST_PATH);
  const [kind, rule]: [DifferenceKind, string] =
    before === null
      ? ['unit_added', `has now the unit ${shown(after)}, and had none`]
      : after === null
        ? ['unit_removed', `had the unit ${shown(before)}, and has none now`]
        : ['unit_changed', `changed its unit from ${shown(before)} to ${shown(after)}`];
  return { path, kind, sentence: sentence(path, rule), before, after, breaks: 'both' };
}

function reasonOf(detail: string): string {
  if (detail === 'size') return 'the schemas are too large to compare';
  return `"${detail.slice(0, 100)}" is not the same in both versions`;
}

function isBound(aspect: Aspect): boolean {
  return ['number', 'length', 'array size', 'object size'].includes(aspect);
}

function boundShown(keyword: string, value: unknown): string {
  return value === null ? `no ${keyword}` : `${keyword} ${shown(value)}`;
}

function sentence(path: string, rule: string): string {
  return `"${fieldOf(path)}" ${rule}.`;
}

/** A list of types is words, all else is JSON. */
function shown(value: unknown): string {
  if (Array.isArray(value) && value.length === 1) return shownValue(value[0]);
  return value === null ? 'anything' : shownValue(value);
}

/** What answers carry: infinity is no JSON, and stands for no bound. */
function jsonOrNull(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  const text = JSON.stringify(value) ?? 'null';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : (value ?? null);
}

/** Characters of a path, and of a value as JSON, that a difference repeats. */
const LONGEST_PATH = 500;
const LONGEST_VALUE = 1000;
