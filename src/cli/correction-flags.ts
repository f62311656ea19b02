import { fault } from '../core/index.ts';

/** Longer signs first, or "<=" would be taken for "<" and a value that begins with "=". */
const signs = { '<=': 'lte', '>=': 'gte', '!=': 'ne', '<': 'lt', '>': 'gt', '=': 'eq' } as const;
const CONDITION = /^([^<>=!]+?)\s*(<=|>=|!=|<|>|=)\s*(.*)$/s;

/** `data.amount<1000` as the JSON text of a condition. A value that is no JSON is a text: `currency=USD`. */
export function conditionFrom(text: string): string {
  const [, path, sign, value = ''] = CONDITION.exec(text) ?? [];
  if (path === undefined) {
    if (/^[^<>=!\s]+$/.test(text)) return JSON.stringify({ path: text, op: 'exists', value: true });
    throw fault('validation', {
      field: '--where',
      detail: `--where takes a condition such as data.amount<1000 or currency=USD, not "${text}".`,
    });
  }
  const op = Object.entries(signs).find(([known]) => known === sign)?.[1] ?? 'eq';
  return `{"path":${JSON.stringify(path)},"op":"${op}","value":${valueFrom(value)}}`;
}

/** `data.amount=100` as the JSON text of an operation. */
export function multiplicationFrom(text: string, round: string | undefined): string {
  const at = text.lastIndexOf('=');
  const factor = text.slice(at + 1).trim();
  if (at > 0 && factor !== '') {
    return JSON.stringify({ path: text.slice(0, at).trim(), multiply: factor, round });
  }
  throw fault('validation', {
    field: '--multiply',
    detail: `--multiply takes a path and a factor such as data.amount=100, not "${text}".`,
  });
}

function valueFrom(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
