import type { Operations } from '../api/index.ts';

type Evidence = NonNullable<Operations['v1.incident.write-note']['body']['evidence']>[number];

/** By the beginning of an id. */
const kinds: Readonly<Record<string, Exclude<Evidence['kind'], 'url'>>> = {
  alert: 'alert',
  chg: 'change',
  inc: 'incident',
};

/** Links to evidence out of what somebody typed: addresses and ids, with blanks or commas between them. */
export function evidenceIn(text: string): {
  readonly evidence: Evidence[];
  readonly unknown: readonly string[];
} {
  const evidence: Evidence[] = [];
  const unknown: string[] = [];
  for (const part of text.split(/[\s,]+/).filter((each) => each !== '')) {
    const [, prefix = ''] = /^([a-z]+)_\w+$/i.exec(part) ?? [];
    const kind = kinds[prefix];
    if (/^https?:\/\//.test(part) && URL.canParse(part)) evidence.push({ kind: 'url', url: part });
    else if (kind === undefined) unknown.push(part);
    else evidence.push({ kind, id: part });
  }
  return { evidence, unknown };
}
