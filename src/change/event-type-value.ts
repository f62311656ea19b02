import { fault, isCurrency, type HoldfastError } from '../core/index.ts';
import { parsePointer } from '../correction/index.ts';
import type { EventTypeValue } from './records.ts';

/** What stands between the slashes of a JSON Pointer that may be this deep and this long. */
export const valuePathBounds = { depth: 16, length: 512 } as const;

/** What an event type says of the value, checked beyond its shape. Throws `validation` naming the field. */
export function checkedValue(given: EventTypeValue): EventTypeValue {
  const { path, currency, currencyPath } = given;
  checkPath(path, 'value.path');
  if ((currency === null) === (currencyPath === null)) {
    throw refused('value.currency', 'Give either "currency" or "currencyPath".');
  }
  if (currencyPath !== null) checkPath(currencyPath, 'value.currencyPath');
  if (currency !== null && !isCurrency(currency)) {
    throw refused('value.currency', `"${currency}" is no currency of ISO 4217, such as EUR.`);
  }
  return given;
}

function checkPath(path: string, field: string): void {
  const { depth, length } = valuePathBounds;
  const tokens = parsePointer(path, field);
  if (tokens.length > 0 && tokens.length <= depth && path.length <= length) return;
  throw refused(
    field,
    `A path has 1 to ${depth} parts and up to ${length} characters, such as /data/amount.`,
  );
}

function refused(field: string, detail: string): HoldfastError {
  return fault('validation', { field, detail });
}
