import { holds } from './condition.ts';
import type { Correction } from './declaration.ts';
import { applyMultiplication, MOST_CHANGES } from './multiplication.ts';
import { applyPatchOperation } from './patch.ts';
import { rootOf } from './path.ts';
import type { Corrected, FieldChange } from './result.ts';

/**
 * A declared correction applied to a payload's text, wholly or not at all: what it does not name keeps its bytes. Pure.
 *
 * @param json a JSON object that JSON.parse accepts.
 * @param maxBytes of the result in UTF-8: what a message's payload may have.
 */
export function applyCorrection(
  { where, change }: Correction,
  json: string,
  { maxBytes }: { readonly maxBytes: number },
): Corrected {
  if (!where.every((condition) => holds(json, condition))) {
    return { kind: 'refused', reason: 'not_matched' };
  }
  const changes: FieldChange[] = [];
  let text = json;
  let isFound = false;
  let isMeant = false;
  for (const operation of change.operations) {
    const applied =
      'factor' in operation
        ? applyMultiplication(text, operation, where, json)
        : applyPatchOperation(text, operation);
    if (applied.kind === 'refused') return applied;
    isFound ||= applied.isFound;
    isMeant ||= applied.isMeant;
    text = applied.text;
    changes.push(...applied.changes.filter(({ before, after }) => before !== after));
    // After each: a patch that copies onto itself doubles with every operation.
    if (Buffer.byteLength(text) > maxBytes) return { kind: 'refused', reason: 'payload_too_large' };
    if (text[rootOf(text).start] !== '{') return { kind: 'refused', reason: 'not_an_object' };
    if (changes.length > MOST_CHANGES) return { kind: 'refused', reason: 'too_many_changes' };
  }
  if (!isFound) return { kind: 'refused', reason: 'path_missing' };
  if (!isMeant) return { kind: 'refused', reason: 'not_matched' };
  if (text === json) return { kind: 'refused', reason: 'same' };
  return { kind: 'corrected', text, changes };
}
