import type { AnswerOf } from '../api/index.ts';

export type Contract = AnswerOf<'v1.contract.get'>;
export type Compatibility = NonNullable<Contract['latestChange']>;
export type Difference = Compatibility['differences'][number];

export const modes = {
  off: 'Payloads are not looked at, and a version that breaks is stored.',
  warn: 'Payloads that do not follow are accepted and counted; a version that breaks is stored and written down.',
  reject: 'Payloads that do not follow are refused, and so is a version that breaks.',
} as const satisfies Readonly<Record<Contract['mode'], string>>;

export const compatibilities = {
  backward: 'whoever reads the old version can read what the new one sends',
  forward: 'whoever reads the new version can read what the old one sent',
  full: 'both ways',
  none: 'nothing is asked',
} as const satisfies Readonly<Record<Contract['compatibility'], string>>;

/** Whom a difference breaks. */
export const breaksWhom: Readonly<Record<Difference['breaks'], string>> = {
  backward: 'readers of the old version',
  forward: 'readers of the new version, with old payloads',
  both: 'readers of either version',
};

/** What the API calls a schema that is not stored. */
const GIVEN = 'given';

/** A comparison of two versions in a sentence. */
export function compatibilityWords({
  from,
  to,
  isBackward,
  isForward,
  isCompatible,
  required,
  differences,
}: Compatibility): string {
  const pair = `${to === GIVEN ? 'This schema' : `Version ${to}`} against version ${from}`;
  if (differences.length === 0) return `${pair}: no difference that anybody would notice.`;
  const bears = isBackward
    ? isForward
      ? 'breaks nobody, in either direction'
      : 'does not break readers of the old version'
    : isForward
      ? 'breaks readers of the old version'
      : 'breaks readers of either version';
  const asked =
    required === 'none'
      ? 'The contract asks for nothing.'
      : `The contract asks for ${required} compatibility, which it ${isCompatible ? 'keeps' : 'does not keep'}.`;
  return `${pair} ${bears}. ${asked}`;
}
