import { fault } from '../core/index.ts';
import type { Secret } from './secret.ts';

/**
 * The secrets of one endpoint over time: current → old (signs alongside) → gone at `expiresAt`.
 * While they overlap, a receiver that verifies with either secret is served.
 */
export type RotatingSecrets = { readonly current: Secret; readonly old: readonly OldSecret[] };

export type OldSecret = {
  readonly secret: Secret;
  /** From this moment on it signs no more. */
  readonly expiresAt: number;
};

export const DEFAULT_OVERLAP_MS = 86_400_000;
/** Svix's bound: seven days. */
export const MAX_OVERLAP_MS = 604_800_000;
/** Each one makes the signature header 48 bytes longer (`v1`; 94 for `v1a`). */
export const MAX_OLD_SECRETS = 10;

/**
 * The secrets after `next` became current at `now`. To rotate to the current secret changes nothing,
 * so that a repeated request is safe.
 *
 * @param overlapMs how long the replaced secret signs alongside, 0 to seven days; 0 where it leaked.
 * Throws `validation` for an overlap out of bounds, `state_conflict` where ten old ones are in force.
 */
export function rotate(
  secrets: RotatingSecrets,
  next: Secret,
  now: number,
  overlapMs = DEFAULT_OVERLAP_MS,
): RotatingSecrets {
  if (!Number.isSafeInteger(overlapMs) || overlapMs < 0 || overlapMs > MAX_OVERLAP_MS) {
    throw fault('validation', {
      field: 'overlapMs',
      detail: `The overlap must be 0 to ${MAX_OVERLAP_MS} ms.`,
    });
  }
  const kept = secrets.old.filter((old) => now < old.expiresAt && old.secret.text !== next.text);
  if (secrets.current.text === next.text) return { current: secrets.current, old: kept };
  const replaced = overlapMs === 0 ? [] : [{ secret: secrets.current, expiresAt: now + overlapMs }];
  const old = [...replaced, ...kept];
  // Dropping the oldest instead would break its receivers in silence.
  if (old.length > MAX_OLD_SECRETS) {
    throw fault('state_conflict', {
      detail: `${MAX_OLD_SECRETS} old secrets are still in force. Wait, or rotate without overlap.`,
    });
  }
  return { current: next, old };
}

/** The secrets that sign at `now`: the current one, then the old ones, latest replaced first. */
export function secretsInForce(secrets: RotatingSecrets, now: number): readonly Secret[] {
  return [
    secrets.current,
    ...secrets.old.filter((old) => now < old.expiresAt).map((old) => old.secret),
  ];
}
