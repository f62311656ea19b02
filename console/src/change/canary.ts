import type { AnswerOf, OperationId } from '../api/index.ts';
import type { Tone } from '../ui/index.ts';

export type Canary = AnswerOf<'v1.canary.get'>;
export type CanaryPath = { readonly app_id: string; readonly endpoint_id: string };

/** Asked for again after a canary was moved. */
export const canaryAnswers: readonly OperationId[] = [
  'v1.canary.get',
  'v1.canary.list',
  'v1.endpoint.get',
  'v1.endpoint.get-policy',
  'v1.change.list',
];

const names: Readonly<Record<string, string>> = {
  url: 'URL',
  headers: 'headers',
  secret: 'secret',
  passTrace: 'passing the trace',
  policy: 'policy',
  payloadVersions: 'payload versions',
};

/** What a canary tries, in words. */
export function canaryFields(fields: readonly string[]): string {
  return fields.map((field) => names[field] ?? field).join(', ');
}

export function canaryTone(state: Canary['state']): Tone {
  const tones = {
    running: 'busy',
    paused: 'warn',
    promoted: 'good',
    rolled_back: 'bad',
    stopped: 'quiet',
  } as const;
  return tones[state];
}
