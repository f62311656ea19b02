import { fault, HoldfastError } from '../../core/index.ts';
import type { SignatureHeaderNames } from '../../change/index.ts';
import type { FilterStore } from './filter-store.ts';
import type { Source } from './source.ts';
import type { Subject, Tally } from './tally.ts';
import type { Target } from './target.ts';

/** What every step of the import stands on. */
export type ImportParts = {
  readonly source: Source;
  readonly target: Target;
  readonly tally: Tally;
  /** Everything is read and compared, nothing is written. */
  readonly isDryRun: boolean;
  readonly storeWithFilter: FilterStore;
  /** For new applications, where the source does not say. */
  readonly signatureHeaders: SignatureHeaderNames;
  /** Called after each thing. */
  readonly onStep: () => void;
};

/** Things that are copied at the same time, of one kind. */
export const AT_ONCE = 4;

/** Where a thing without a uid keeps the source's id, so that the next import knows it again. */
export const NOTE = 'svix_id';

/** Nothing that is asked for next would fare better. */
const fatalCodes = new Set<HoldfastError['code']>([
  'service_unreachable',
  'rate_limited',
  'authentication_failed',
  'insufficient_access',
  'overloaded',
  'stopping',
  'ledger_full',
  'ledger_unavailable',
  'ledger_corrupt',
]);

/** The fault of one thing; what ends the whole import is thrown on. */
export function faultOfOne(thrown: unknown): HoldfastError {
  if (thrown instanceof HoldfastError && !fatalCodes.has(thrown.code)) return thrown;
  throw thrown;
}

/** Does the work of one thing and tallies its end. */
export async function tallied(
  { tally, onStep }: ImportParts,
  subject: Subject,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    tally.fail(subject, faultOfOne(thrown));
  }
  onStep();
}

type Noted = {
  readonly id: string;
  readonly uid: string | null;
  readonly metadata: Readonly<Record<string, string>>;
};

/** The metadata of the copy. Throws `source_invalid` where the note would take the place of something else. */
export function metadataOf({ id, uid, metadata }: Noted): Readonly<Record<string, string>> {
  if (uid !== null) return metadata;
  const own = metadata[NOTE] ?? id;
  if (own === id) return { ...metadata, [NOTE]: id };
  throw fault('source_invalid', {
    field: 'metadata',
    detail: `It has no uid, and "${NOTE}" in its metadata, where the copy would note its id, holds something else. Give it a uid at the source.`,
  });
}

/** Servers answer 0 where they would not take it: the copy has no limit then, as the source had none in effect. */
export function rateOf(tally: Tally, subject: Subject, throttleRate: number | null): number | null {
  if (throttleRate !== 0) return throttleRate;
  const detail = 'A throttle rate of 0 is none that a server takes. The copy has no limit.';
  tally.lack(subject, 'throttleRate', fault('source_invalid', { detail }));
  return null;
}
