import { fault, type IdKind, type IdText } from '../core/index.ts';
import type { MitigationTarget } from '../incident/index.ts';
import { momentOf, momentText } from './moment.ts';

/** Fields of targets that name rows: outside the ledger an id is text, and a moment too. */
const idFields: ReadonlyMap<string, IdKind> = new Map([
  ['appId', 'application'],
  ['endpointId', 'endpoint'],
  ['changeIds', 'change'],
  ['exceptIds', 'change'],
  ['canaryId', 'canary'],
]);
const momentFields: ReadonlySet<string> = new Set(['sinceAt', 'beforeAt']);

export function targetView(target: MitigationTarget, idText: IdText): object {
  return Object.fromEntries(
    Object.entries(target).map(([name, value]) => {
      const kind = idFields.get(name);
      if (momentFields.has(name) && typeof value === 'number') return [name, momentText(value)];
      if (kind === undefined) return [name, value];
      const textOf = (each: unknown): unknown =>
        typeof each === 'number' ? idText.format(kind, each) : each;
      return [name, Array.isArray(value) ? value.map(textOf) : textOf(value)];
    }),
  );
}

/** Throws `validation` naming the field. */
export function targetOf(
  given: Readonly<Record<string, unknown>>,
  idText: IdText,
): MitigationTarget {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = `target.${name}`;
      const kind = idFields.get(name);
      if (momentFields.has(name)) {
        return [name, typeof value === 'string' ? momentOf(value, field) : null];
      }
      if (kind === undefined || value === null) return [name, value];
      const idOf = (each: unknown): number => {
        const id = typeof each === 'string' ? idText.parse(kind, each) : undefined;
        if (id !== undefined) return id;
        throw fault('validation', { field, detail: `"${field}" names no ${kind} by its id.` });
      };
      return [name, Array.isArray(value) ? value.map(idOf) : idOf(value)];
    }),
  );
}
