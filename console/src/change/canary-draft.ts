import type { Operations } from '../api/index.ts';
import { stepsIn, stepsText } from './canary-schedule.ts';

type Body = Operations['v1.canary.start']['body'];

export const tried = [
  { value: 'url', label: 'URL' },
  { value: 'headers', label: 'Headers' },
  { value: 'secret', label: 'Secret' },
  { value: 'policy', label: 'Policy' },
  { value: 'passTrace', label: 'Passing the trace' },
  { value: 'payloadVersions', label: 'Payload versions' },
];
/** A policy that is none of its own. */
export const NONE = '(none of its own)';

export type CanaryDraft = {
  readonly fields: readonly string[];
  readonly url: string;
  readonly headers: string;
  readonly secret: string;
  readonly policy: string;
  readonly passTrace: boolean;
  readonly pins: string;
  readonly schedule: 'usual' | 'own';
  readonly steps: string;
  readonly deadline: number | string;
  readonly peak: number | string;
};

export const blank: CanaryDraft = {
  fields: ['url'],
  url: '',
  headers: '',
  secret: '',
  policy: NONE,
  passTrace: true,
  pins: '',
  schedule: 'usual',
  steps: stepsText,
  deadline: 60,
  peak: '',
};

/** null: something is missing, or cannot be read. */
export function bodyOf(draft: CanaryDraft): Body | null {
  const { fields } = draft;
  if (fields.length === 0) return null;
  const headers = fields.includes('headers') ? pairsIn(draft.headers) : {};
  const pins = fields.includes('payloadVersions') ? pairsIn(draft.pins) : {};
  const steps = draft.schedule === 'own' ? stepsIn(draft.steps) : undefined;
  const isWhole =
    steps !== null &&
    headers !== null &&
    pins !== null &&
    (!fields.includes('url') || draft.url.trim() !== '') &&
    (!fields.includes('secret') || draft.secret.trim() !== '');
  if (!isWhole) return null;
  return {
    ...(fields.includes('url') ? { url: draft.url.trim() } : {}),
    ...(fields.includes('headers') ? { headers } : {}),
    ...(fields.includes('secret') ? { secret: draft.secret.trim() } : {}),
    ...(fields.includes('policy') ? { policy: draft.policy === NONE ? null : draft.policy } : {}),
    ...(fields.includes('passTrace') ? { passTrace: draft.passTrace } : {}),
    ...(fields.includes('payloadVersions') ? { payloadVersions: pins } : {}),
    ...(steps === undefined ? {} : { steps: [...steps] }),
    ...(typeof draft.deadline === 'number' ? { deadlineSeconds: draft.deadline } : {}),
    ...(typeof draft.peak === 'number' ? { peakPercent: draft.peak } : {}),
  };
}

/** What hinders it, in words, by the field; nothing: it can begin. */
export function hindrancesOf(draft: CanaryDraft, url: string): Readonly<Record<string, string>> {
  const { fields, schedule } = draft;
  const isLine = 'Write each line as name: value.';
  return {
    ...(fields.length === 0 ? { fields: 'Choose what it tries: one thing at least.' } : {}),
    ...(fields.includes('url') && draft.url.trim() === '' ? { url: 'Write a URL.' } : {}),
    ...(fields.includes('url') && draft.url.trim() === url
      ? { url: 'This is the URL that it has: write another, or take it off what it tries.' }
      : {}),
    ...(fields.includes('headers') && pairsIn(draft.headers) === null ? { headers: isLine } : {}),
    ...(fields.includes('secret') && draft.secret.trim() === '' ? { secret: 'Write it.' } : {}),
    ...(fields.includes('payloadVersions') && pairsIn(draft.pins) === null ? { pins: isLine } : {}),
    ...(schedule === 'own' && stepsIn(draft.steps) === null
      ? { steps: 'Write each like 5% / 30 / 100.' }
      : {}),
  };
}

/** Lines of `name: value`; null: one is none. */
function pairsIn(text: string): Record<string, string> | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => {
    const at = line.indexOf(':');
    return at <= 0 ? null : ([line.slice(0, at).trim(), line.slice(at + 1).trim()] as const);
  });
  return pairs.includes(null) ? null : Object.fromEntries(pairs.filter((pair) => pair !== null));
}
