import { assertNever, elementsAt, membersAt, type TextSpan } from '../core/index.ts';
import { isSameJson } from './condition.ts';
import { childAt, pointerOf, rootOf } from './path.ts';
import type { FieldChange, Operated, Refusal } from './result.ts';

export const patchOperations = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;

/** One operation of RFC 6902, its pointers as tokens and its value as the JSON text that was sent. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: Tokens; readonly value: string }
  | { readonly op: 'remove'; readonly path: Tokens }
  | { readonly op: 'move' | 'copy'; readonly path: Tokens; readonly from: Tokens };

type Tokens = readonly string[];
type Patched = Extract<Operated, { kind: 'done' }>;

/** Carries one operation out on the text itself: every byte that it does not name stays. */
export function applyPatchOperation(json: string, operation: PatchOperation): Patched | Refusal {
  const { path } = operation;
  switch (operation.op) {
    case 'add':
      return add(json, path, operation.value);
    case 'remove':
      return remove(json, path);
    case 'replace': {
      const found = find(json, path);
      return found === undefined ? missing(path) : put(json, path, found, operation.value);
    }
    case 'test': {
      const found = find(json, path);
      if (found === undefined) return missing(path);
      if (isSameJson(json.slice(found.start, found.end), operation.value)) {
        return done(json, []);
      }
      return { kind: 'refused', reason: 'test_failed', path: pointerOf(path) };
    }
    case 'copy': {
      const found = find(json, operation.from);
      return found === undefined
        ? missing(operation.from)
        : add(json, path, json.slice(found.start, found.end));
    }
    case 'move': {
      const found = find(json, operation.from);
      if (found === undefined) return missing(operation.from);
      const removed = remove(json, operation.from);
      if (removed.kind === 'refused') return removed;
      const added = add(removed.text, path, json.slice(found.start, found.end));
      if (added.kind === 'refused') return added;
      return { ...added, changes: [...removed.changes, ...added.changes] };
    }
    default:
      return assertNever(operation);
  }
}

function find(json: string, tokens: Tokens): TextSpan | undefined {
  let place: TextSpan | undefined = rootOf(json);
  for (const token of tokens) {
    if (place === undefined) return undefined;
    place = childAt(json, place, token);
  }
  return place;
}

function put(json: string, tokens: Tokens, { start, end }: TextSpan, value: string): Patched {
  const before = json.slice(start, end);
  const changes = [{ path: pointerOf(tokens), before, after: value }];
  return done(json.slice(0, start) + value + json.slice(end), changes);
}

function add(json: string, tokens: Tokens, value: string): Patched | Refusal {
  const last = tokens.at(-1);
  if (last === undefined) return put(json, tokens, rootOf(json), value);
  const parentTokens = tokens.slice(0, -1);
  const parent = find(json, parentTokens);
  if (parent === undefined) return missing(tokens);
  const insert = (at: number, text: string, token = last): Patched =>
    done(json.slice(0, at) + text + json.slice(at), [
      { path: pointerOf([...parentTokens, token]), before: null, after: value },
    ]);
  if (json[parent.start] === '{') {
    const existing = childAt(json, parent, last);
    if (existing !== undefined) return put(json, tokens, existing, value);
    const end = [...membersAt(json, parent.start)].at(-1)?.end;
    const member = `${JSON.stringify(last)}:${value}`;
    return end === undefined ? insert(parent.start + 1, member) : insert(end, `,${member}`);
  }
  if (json[parent.start] !== '[') return missing(tokens);
  const elements = [...elementsAt(json, parent.start)];
  const index =
    last === '-' ? elements.length : /^(?:0|[1-9]\d{0,8})$/.test(last) ? Number(last) : Infinity;
  if (index > elements.length) return missing(tokens);
  const next = elements[index];
  if (next !== undefined) return insert(next.start, `${value},`);
  const end = elements.at(-1)?.end;
  const token = String(index);
  return end === undefined
    ? insert(parent.start + 1, value, token)
    : insert(end, `,${value}`, token);
}

function remove(json: string, tokens: Tokens): Patched | Refusal {
  const last = tokens.at(-1);
  if (last === undefined) return { kind: 'refused', reason: 'not_an_object' };
  const parent = find(json, tokens.slice(0, -1));
  const found = parent === undefined ? undefined : childAt(json, parent, last);
  if (parent === undefined || found === undefined) return missing(tokens);
  const before = json.slice(found.start, found.end);
  const isObject = json[parent.start] === '{';
  // Of equal names the last one counts; left behind, an earlier one would take its place.
  const items = isObject
    ? Array.from(membersAt(json, parent.start), (each) => ({
        start: each.nameStart,
        end: each.end,
        isKept: each.name !== last,
      }))
    : Array.from(elementsAt(json, parent.start), (each, index) => ({
        ...each,
        isKept: String(index) !== last,
      }));
  const changes = [{ path: pointerOf(tokens), before, after: null }];
  return done(without(json, items), changes);
}

/** An item goes with the comma before it; the first ones that go, with the comma behind them. */
function without(
  json: string,
  items: readonly (TextSpan & { readonly isKept: boolean })[],
): string {
  const firstKept = items.findIndex(({ isKept }) => isKept);
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return json;
  const kept = items[firstKept];
  if (kept === undefined) return json.slice(0, first.start) + json.slice(last.end);
  const parts = [json.slice(0, first.start), json.slice(kept.start, kept.end)];
  let at = kept.end;
  for (const { end, isKept } of items.slice(firstKept + 1)) {
    if (isKept) parts.push(json.slice(at, end));
    at = end;
  }
  return parts.join('') + json.slice(last.end);
}

function done(text: string, changes: readonly FieldChange[]): Patched {
  return { kind: 'done', text, isFound: true, isMeant: true, changes };
}

function missing(tokens: Tokens): Refusal {
  return { kind: 'refused', reason: 'path_missing', path: pointerOf(tokens) };
}
