import type { Ledger, Reads, Writes } from '../contract/ledger.ts';
import type { GroupCommit } from './group-commit.ts';
import { readNames, writeNames } from './operations.ts';

/** Gives every operation of the contract its way: writes into one group commit, reads into another. */
export function assembleLedger(
  { mark, newestId }: { readonly mark: string; readonly newestId: number },
  writes: GroupCommit,
  reads: GroupCommit,
  close: () => Promise<void>,
): Ledger {
  const through = (names: readonly string[], group: GroupCommit): object =>
    Object.fromEntries(
      names.map((name) => [name, (request: unknown) => group.add([name, request])]),
    );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- operations.ts checks the names against the contract, the threads answer with its results
  const operations = { ...through(writeNames, writes), ...through(readNames, reads) } as Writes &
    Reads;
  return {
    ...operations,
    mark,
    newestId,
    figures: () => ({
      commits: writes.groups,
      operations: writes.operations,
      commitSeconds: writes.commitSeconds,
    }),
    async close() {
      await Promise.all([writes.settled(), reads.settled()]);
      await close();
    },
  };
}
