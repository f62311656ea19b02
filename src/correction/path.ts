import {
  elementsAt,
  endOfValue,
  fault,
  membersAt,
  skipSpace,
  type TextSpan,
} from '../core/index.ts';

/**
 * Where in a payload: `data.amount`, `lines[].price` or `lines.*.price` for every element of an array, `lines[0].price`
 * for one; or a JSON Pointer (RFC 6901), `/lines/0/price`, for names with dots and brackets in them.
 */
export type Path = readonly Segment[];

/** A token names a member of an object, or by its number an element of an array. */
export type Segment =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'every' };

export type Place = TextSpan & {
  /** The JSON Pointer of this very place. */
  readonly pointer: string;
  /** Which element each `every` of the path stands for here. */
  readonly indices: readonly number[];
};

const LONGEST_PATH = 512;
const MOST_SEGMENTS = 32;
const SEGMENT = /([^.[\]]+)|\[(\*|\d{0,9})\]/y;
const INDEX = /^(?:0|[1-9]\d{0,8})$/;
const every: Segment = { kind: 'every' };

/** Throws `validation` naming the field. */
export function parsePath(text: string, field: string): Path {
  const path = text.startsWith('/') ? parsePointer(text, field) : parseDotted(text, field);
  if (text.length <= LONGEST_PATH && path.length <= MOST_SEGMENTS) return path;
  throw fault('validation', {
    field,
    detail: `A path has up to ${LONGEST_PATH} characters and ${MOST_SEGMENTS} parts.`,
  });
}

/** A JSON Pointer's tokens; the empty text is the whole document. Throws `validation` naming the field. */
export function parsePointer(
  text: string,
  field: string,
): readonly (Segment & { kind: 'token' })[] {
  if (text === '') return [];
  if (!text.startsWith('/') || /~(?![01])/.test(text)) {
    throw fault('validation', {
      field,
      detail: `"${text}" is no JSON Pointer: it begins with "/", and "~" is written ~0, "/" within a name ~1.`,
    });
  }
  return text
    .slice(1)
    .split('/')
    .map((part) => ({
      kind: 'token',
      token: part.replaceAll('~1', '/').replaceAll('~0', '~'),
    }));
}

export function pointerOf(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function parseDotted(text: string, field: string): Path {
  const segments: Segment[] = [];
  let at = 0;
  while (at < text.length && at <= LONGEST_PATH) {
    if (at > 0 && text[at] === '.') at += 1;
    SEGMENT.lastIndex = at;
    const [found = '', name, index] = SEGMENT.exec(text) ?? [];
    const isSeparated = at === 0 || text[at - 1] === '.' || name === undefined;
    if (found === '' || !isSeparated || (index !== undefined && text[at - 1] === '.')) break;
    const isEvery = name === '*' || index === '' || index === '*';
    segments.push(isEvery ? every : { kind: 'token', token: name ?? String(Number(index)) });
    at += found.length;
  }
  if (at >= text.length && segments.length > 0 && !text.endsWith('.')) return segments;
  throw fault('validation', {
    field,
    detail: `"${text.slice(0, 80)}" is no path. Write it like data.amount, lines[].price, or as a JSON Pointer.`,
  });
}

/** The value of a whole JSON text. */
export function rootOf(json: string): TextSpan {
  const start = skipSpace(json, 0);
  return { start, end: endOfValue(json, start) };
}

/** The places a path leads to, in the text's order. Of equal names the last counts, as with JSON.parse. */
export function* placesOf(json: string, path: Path): Generator<Place> {
  yield* placesFrom(json, path, 0, { ...rootOf(json), pointer: '', indices: [] });
}

function* placesFrom(json: string, path: Path, depth: number, place: Place): Generator<Place> {
  const segment = path[depth];
  if (segment === undefined) {
    yield place;
    return;
  }
  const within = (span: TextSpan, token: string, indices = place.indices): Place => ({
    start: span.start,
    end: span.end,
    pointer: place.pointer + pointerOf([token]),
    indices,
  });
  if (segment.kind === 'token') {
    const found = childAt(json, place, segment.token);
    if (found !== undefined) yield* placesFrom(json, path, depth + 1, within(found, segment.token));
    return;
  }
  if (json[place.start] !== '[') return;
  let index = 0;
  for (const element of elementsAt(json, place.start)) {
    const indices = [...place.indices, index];
    yield* placesFrom(json, path, depth + 1, within(element, String(index), indices));
    index += 1;
  }
}

/** The member of that name, or the element of that number; undefined where there is none. */
export function childAt(json: string, { start }: TextSpan, token: string): TextSpan | undefined {
  let found: TextSpan | undefined;
  if (json[start] === '{') {
    for (const member of membersAt(json, start)) if (member.name === token) found = member;
    return found;
  }
  if (json[start] !== '[' || !INDEX.test(token)) return undefined;
  let index = Number(token);
  for (const element of elementsAt(json, start)) {
    if (index === 0) return element;
    index -= 1;
  }
  return undefined;
}

/**
 * A path for one of the places of another: what both have in common up to the last `every` they share stands for the
 * same elements. So "lines[].currency is JPY" is asked of the very line whose price is to change.
 */
export function boundTo(path: Path, other: Path, indices: readonly number[]): Path {
  let nth = 0;
  let isShared = true;
  return path.map((segment, at) => {
    const beside = other[at];
    isShared &&=
      beside?.kind === segment.kind &&
      (segment.kind === 'every' || (beside.kind === 'token' && beside.token === segment.token));
    if (segment.kind === 'token' || !isShared) return segment;
    const index = indices[nth];
    nth += 1;
    return index === undefined ? segment : { kind: 'token', token: String(index) };
  });
}
