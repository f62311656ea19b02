import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '../core/index.ts';
import type { ChangeBy, ChangeWay } from '../ledger/index.ts';
import type { Principal } from './auth.ts';

/** Ours say who they are; all else is the API. */
const clients = ['cli', 'console'] as const satisfies readonly ChangeWay[];
const LONGEST_REASON = 500;
// oxlint-disable-next-line no-control-regex -- they have no place in a sentence
const CONTROLS = /[\x00-\x1f\x7f-\x9f]+/g;

/**
 * What a change is recorded with: the caller, through what (`holdfast-via: cli` or `console`), and why
 * (`holdfast-reason`, percent-encoded UTF-8, at most 500 characters). Throws `validation` for a reason that is not.
 */
export function changeByOf(
  { actor, appId, session }: Pick<Principal, 'actor' | 'appId' | 'session'>,
  headers: IncomingHttpHeaders,
): ChangeBy {
  const via = headers['holdfast-via'];
  const client = clients.find((name) => name === via);
  const ours = session === undefined ? 'api' : 'console';
  return {
    actor,
    via: client ?? (appId === null ? ours : 'portal'),
    reason: reasonOf(headers['holdfast-reason']),
  };
}

/** A reason that the request's body gives counts where its header gives none; it becomes a line of the same length. */
export function withReason(by: ChangeBy, reason: string): ChangeBy {
  if (by.reason !== '') return by;
  return {
    ...by,
    reason: reason.replaceAll(CONTROLS, ' ').slice(0, LONGEST_REASON).toWellFormed(),
  };
}

function reasonOf(given: string | readonly string[] | undefined): string {
  if (given === undefined) return '';
  try {
    const reason = decodeURIComponent(String(given));
    if (reason.length <= LONGEST_REASON && reason.search(CONTROLS) === -1) return reason;
  } catch {
    // Not percent-encoding: said below.
  }
  throw fault('validation', {
    field: 'holdfast-reason',
    detail: `A reason is a line of at most ${LONGEST_REASON} characters, percent-encoded in UTF-8.`,
  });
}
