import { isJsonObject, member, pointerParts, type JsonObject } from './json.ts';
import { isSchema, subschemasOf } from './subschemas.ts';

/** Finds what a `$ref` within one document leads to: "#", "#/$defs/name" or "#anchor". */
export type References = (ref: string) => JsonObject | boolean | undefined;

export function createReferences(root: unknown): References {
  let anchors: ReadonlyMap<string, JsonObject> | undefined;
  return (ref) => {
    if (!ref.startsWith('#')) return undefined;
    let place: string;
    try {
      place = decodeURIComponent(ref.slice(1));
    } catch {
      return undefined;
    }
    if (place === '' || place.startsWith('/')) return at(root, pointerParts(place));
    return (anchors ??= anchorsOf(root)).get(place);
  };
}

function at(root: unknown, parts: readonly string[]): JsonObject | boolean | undefined {
  let found = root;
  for (const part of parts) {
    if (Array.isArray(found)) found = /^\d+$/.test(part) ? found[Number(part)] : undefined;
    else found = isJsonObject(found) ? member(found, part) : undefined;
  }
  return isSchema(found) ? found : undefined;
}

function anchorsOf(root: unknown): ReadonlyMap<string, JsonObject> {
  const anchors = new Map<string, JsonObject>();
  const waiting: unknown[] = [root];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (!isJsonObject(schema)) continue;
    const anchor = schema['$anchor'];
    if (typeof anchor === 'string') anchors.set(anchor, schema);
    for (const below of subschemasOf(schema)) waiting.push(below.schema);
  }
  return anchors;
}
