import { parentPort, workerData } from 'node:worker_threads';
import { HoldfastError, systemClock, systemRandom } from '../../core/index.ts';
import { decodeOperations, encodeEnds } from './codec.ts';
import { byNameOf, commitTogether, prepareTransact, readEach } from './executor.ts';
import { faultOf } from './faults.ts';
import type { Flat } from './flat.ts';
import { openDatabase, openDatabaseToRead } from './open.ts';
import { prepareReads, prepareWrites } from './operations.ts';
import { SliCounter } from './sli-counter.ts';

/**
 * The thread that owns a connection: one such thread writes, another reads, so that a long list never waits on
 * deliveries nor they on it. It answers each posted group of operations with their ends, in order.
 */
export type ThreadOptions = {
  readonly path: string;
  readonly role: 'write' | 'read';
  readonly maxBytes: number;
};
export type ThreadReady =
  | { readonly mark: string; readonly newestId: number }
  | { readonly fault: { readonly code: string; readonly detail: string } };

const port = parentPort;
if (port === null) throw new Error('thread.ts runs in a worker thread');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- given by sqlite-ledger.ts
const options = workerData as ThreadOptions;

try {
  if (options.role === 'write') {
    const { database, mark, newestId } = openDatabase({
      ...options,
      random: systemRandom,
      now: systemClock.now(),
    });
    const sli = new SliCounter(database);
    const run = byNameOf(prepareWrites(database, sli));
    const transact = prepareTransact(database, sli);
    port.on('message', (flat: Flat | 'close') => {
      if (flat === 'close') {
        database.close(); // checkpoints the log into the file
        port.close();
      } else {
        const operations = decodeOperations(flat);
        port.postMessage(encodeEnds(operations, commitTogether(transact, run, operations)));
      }
    });
    port.postMessage({ mark, newestId } satisfies ThreadReady);
  } else {
    const database = openDatabaseToRead(options.path);
    const run = byNameOf(prepareReads(database));
    port.on('message', (flat: Flat | 'close') => {
      if (flat === 'close') {
        database.close();
        port.close();
      } else {
        const operations = decodeOperations(flat);
        port.postMessage(encodeEnds(operations, readEach(run, operations)));
      }
    });
    port.postMessage({ mark: '', newestId: 0 } satisfies ThreadReady);
  }
} catch (thrown) {
  const failed = faultOf(thrown);
  const code = failed instanceof HoldfastError ? failed.code : 'internal';
  const detail = failed instanceof Error ? failed.message : String(failed);
  port.postMessage({ fault: { code, detail } } satisfies ThreadReady);
  port.close();
}
