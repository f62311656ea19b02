import type { Clock, Random } from '../../core/index.ts';
import type { Ledger } from '../contract/ledger.ts';
import { assembleLedger } from '../sqlite/assemble.ts';
import { byNameOf, commitTogether, prepareTransact, readEach } from '../sqlite/executor.ts';
import { GroupCommit } from '../sqlite/group-commit.ts';
import { openDatabase } from '../sqlite/open.ts';
import { prepareReads, prepareWrites } from '../sqlite/operations.ts';
import { SliCounter } from '../sqlite/sli-counter.ts';

/**
 * A ledger for simulations: the same SQL on a database in memory, in the caller's thread, on the caller's clock.
 * A second implementation would have to be kept equal; this one cannot differ (docs/adr/0003).
 */
export function openMemoryLedger({
  clock,
  random,
}: {
  readonly clock: Clock;
  readonly random: Random;
}): Ledger {
  const opened = openDatabase({ path: ':memory:', maxBytes: 0, random, now: clock.now() });
  const { database } = opened;
  const sli = new SliCounter(database);
  const run = byNameOf({ ...prepareWrites(database, sli), ...prepareReads(database) });
  const transact = prepareTransact(database, sli);
  const writes = new GroupCommit(
    async (operations) => commitTogether(transact, run, operations),
    queueMicrotask,
  );
  const reads = new GroupCommit(async (operations) => readEach(run, operations), queueMicrotask);
  return assembleLedger(opened, writes, reads, async () => database.close());
}
