/**
 * Finding one's way through JSON text without reading it into objects, which would lose how it was written: numbers
 * (1.0, 1e400, 20 digits), key order, equal names, escapes and white space. The text must be one that JSON.parse
 * accepts; positions are in UTF-16 units. Nothing here recurses, so no depth of nesting is too deep.
 */

/** Where a value stands: from its first character to behind its last. */
export type TextSpan = { readonly start: number; readonly end: number };

/** A member of an object: `nameStart` is at the opening quote of its name. */
export type MemberSpan = TextSpan & { readonly nameStart: number; readonly name: string };

/** The members of the object that begins at `start`, in their order, equal names included. */
export function* membersAt(json: string, start: number): Generator<MemberSpan> {
  let at = skipSpace(json, start + 1);
  while (json.charCodeAt(at) !== CLOSE_BRACE) {
    const nameEnd = endOfString(json, at);
    const nameStart = at;
    const valueStart = skipSpace(json, skipSpace(json, nameEnd) + 1);
    const end = endOfValue(json, valueStart);
    yield { nameStart, name: textOfString(json, nameStart, nameEnd), start: valueStart, end };
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
}

/** The elements of the array that begins at `start`. */
export function* elementsAt(json: string, start: number): Generator<TextSpan> {
  let at = skipSpace(json, start + 1);
  while (json.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(json, at);
    yield { start: at, end };
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
}

export function skipSpace(json: string, start: number): number {
  let at = start;
  for (;;) {
    const code = json.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** @param start at the opening quote; the result is behind the closing one. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  for (;;) {
    at = json.indexOf('"', at);
    let backslashes = 0;
    while (json.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    at += 1;
    if (backslashes % 2 === 0) return at;
  }
}

/** @param start at the value's first character; the result is behind its last. */
export function endOfValue(json: string, start: number): number {
  const first = json.charCodeAt(start);
  if (first === QUOTE) return endOfString(json, start);
  let at = start;
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    while (!isScalarEnd(json.charCodeAt(at))) at += 1;
    return at;
  }
  let depth = 0;
  for (;;) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function textOfString(json: string, start: number, end: number): string {
  const raw = json.slice(start + 1, end - 1);
  return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
}

function isScalarEnd(code: number): boolean {
  return (
    code === COMMA ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET ||
    code <= 0x20 ||
    Number.isNaN(code)
  );
}
