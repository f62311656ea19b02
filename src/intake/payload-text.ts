import { elementsAt, fault, membersAt } from '../core/index.ts';

/**
 * The text of a member of a JSON object, cut out as it was written: parsing and writing JSON again would change
 * numbers (1.0, 1e400), key order and escapes, and the receiver must get, and verify, the bytes that were sent.
 * `json` must be an object that JSON.parse accepts; like JSON.parse, the last of several equal names wins.
 */
export function memberText(json: string, name: string): string | undefined {
  let found: string | undefined;
  for (const member of membersAt(json, json.indexOf('{'))) {
    if (member.name === name) found = json.slice(member.start, member.end);
  }
  return found;
}

/** The texts of the elements of a JSON array, as they were written. Throws `malformed_json` where it is none. */
export function memberTexts(json: string): readonly string[] {
  try {
    if (!Array.isArray(JSON.parse(json))) throw new TypeError('not an array');
  } catch (cause) {
    throw fault('malformed_json', { field: 'body', cause });
  }
  return Array.from(elementsAt(json, json.indexOf('[')), ({ start, end }) =>
    json.slice(start, end),
  );
}
