import type { Clock, Random } from '../../core/index.ts';
import type { SignatureHeaderNames } from '../../change/index.ts';
import type { Client } from '../client.ts';
import { importApplications } from './applications.ts';
import { importEventTypes } from './event-types.ts';
import { createFilterStore } from './filter-store.ts';
import type { ImportParts } from './parts.ts';
import type { ImportReport } from './report.ts';
import { createSource } from './source.ts';
import { Tally, type Counts } from './tally.ts';
import { createTarget } from './target.ts';

export type ImportOptions = {
  /** The source, without a slash at its end. */
  readonly from: string;
  readonly token: string;
  readonly client: Client;
  readonly isDryRun: boolean;
  readonly signatureHeaders: SignatureHeaderNames;
  readonly onStep: (counts: Counts, problemCount: number) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
};

/** `endedBy` is what was thrown where the import did not come to its end. */
export type ImportOutcome = ImportReport & { readonly endedBy?: Error };

/**
 * Copies event types first, since filters of endpoints need them, then each application with its endpoints. Whatever it
 * finds in the copy it makes equal, so it can end anywhere and be run again.
 */
export async function runImport(options: ImportOptions): Promise<ImportOutcome> {
  const { from, token, client, isDryRun, signatureHeaders, clock, random, signal } = options;
  const tally = new Tally();
  const target = createTarget(client, { clock, random, signal });
  const parts: ImportParts = {
    source: createSource({ url: from, token, clock, random, signal }),
    target,
    storeWithFilter: createFilterStore(target),
    tally,
    isDryRun,
    signatureHeaders,
    onStep: () => options.onStep(tally.counts, tally.problemCount),
  };
  const report = (isEnded: boolean): ImportReport => ({
    from,
    to: client.url,
    isDryRun,
    isEnded,
    isWhole: isEnded && tally.problemCount === 0,
    ...tally.counts,
    problemCount: tally.problemCount,
    problems: tally.problems,
  });
  try {
    await importEventTypes(parts);
    await importApplications(parts);
    return report(true);
  } catch (endedBy) {
    if (!(endedBy instanceof Error)) throw endedBy;
    return { ...report(false), endedBy };
  }
}
