import { fault } from '../core/index.ts';

/**
 * The text of a member of a JSON object, cut out as it was written: parsing and writing JSON again would change
 * numbers (1.0, 1e400), key order and escapes, and the receiver must get, and verify, the bytes that were sent.
 * `json` must be an object that JSON.parse accepts; like JSON.parse, the last of several equal names wins.
 */
export function memberText(json: string, name: string): string | undefined {
  let found: string | undefined;
  let at = json.indexOf('{') + 1;
  for (;;) {
    at = skipSpace(json, at);
    if (json.charCodeAt(at) === CLOSE_BRACE) return found;
    const nameEnd = endOfString(json, at);
    const isWanted = nameEquals(json, at, nameEnd, name);
    at = skipSpace(json, skipSpace(json, nameEnd) + 1);
    const valueEnd = endOfValue(json, at);
    if (isWanted) found = json.slice(at, valueEnd);
    at = skipSpace(json, valueEnd);
    if (json.charCodeAt(at) === COMMA) at += 1;
  }
}

/** The texts of the elements of a JSON array, as they were written. Throws `malformed_json` where it is none. */
export function memberTexts(json: string): readonly string[] {
  try {
    if (!Array.isArray(JSON.parse(json))) throw new TypeError('not an array');
  } catch (cause) {
    throw fault('malformed_json', { field: 'body', cause });
  }
  const texts: string[] = [];
  let at = skipSpace(json, json.indexOf('[') + 1);
  while (json.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(json, at);
    texts.push(json.slice(at, end));
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) at = skipSpace(json, at + 1);
  }
  return texts;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function nameEquals(json: string, start: number, end: number, name: string): boolean {
  const raw = json.slice(start + 1, end - 1);
  return raw === name || (raw.includes('\\') && JSON.parse(`"${raw}"`) === name);
}

function skipSpace(json: string, start: number): number {
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

function endOfValue(json: string, start: number): number {
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

function isScalarEnd(code: number): boolean {
  return (
    code === COMMA ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET ||
    code <= 0x20 ||
    Number.isNaN(code)
  );
}
