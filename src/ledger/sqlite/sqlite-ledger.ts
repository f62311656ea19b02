import { existsSync, mkdirSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fault, isErrorCode } from '../../core/index.ts';
import type { Ledger } from '../contract/ledger.ts';
import { assembleLedger } from './assemble.ts';
import { decodeEnds, encodeOperations } from './codec.ts';
import type { Ended, Operation } from './executor.ts';
import type { Flat } from './flat.ts';
import { GroupCommit } from './group-commit.ts';
import { lockLedger } from './lock.ts';
import type { ThreadOptions, ThreadReady } from './thread.ts';

export type SqliteLedgerOptions = {
  /** Folder of the ledger; made where it is missing. */
  readonly dataDir: string;
  /** 0: as large as the disk allows. */
  readonly maxBytes?: number;
};

/** The file within a data folder. */
export function ledgerPath(dataDir: string): string {
  return join(dataDir, 'ledger.sqlite');
}

/**
 * The embedded ledger: a thread that writes, a thread that reads, an exclusive lock.
 * Throws `ledger_in_use`, `ledger_corrupt`, `ledger_newer`, `ledger_not_openable`, `ledger_full`.
 */
export async function openSqliteLedger({
  dataDir,
  maxBytes = 0,
}: SqliteLedgerOptions): Promise<Ledger> {
  const path = ledgerPath(dataDir);
  let unlock: () => void;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    unlock = lockLedger(join(dataDir, 'lock.sqlite'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ledger_in_use') throw cause;
    throw fault('ledger_not_openable', {
      cause,
      detail: `The ledger in ${dataDir} cannot be opened: ${messageOf(cause)}.`,
    });
  }
  try {
    const writer = await startThread({ path, role: 'write', maxBytes });
    const reader = await startThread({ path, role: 'read', maxBytes }).catch(
      async (thrown: unknown) => {
        await writer.close();
        throw thrown;
      },
    );
    const writes = new GroupCommit(writer.run, setImmediate);
    const reads = new GroupCommit(reader.run, setImmediate);
    return assembleLedger(writer.ready, writes, reads, async () => {
      // The writer last: the last connection out moves the log into the file, and the reader may not write. Otherwise
      // a ledger that was closed in order would be all log, and a copy of its file a copy of nothing.
      await reader.close();
      await writer.close();
      unlock();
    });
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}

/** True where a data folder already holds a ledger. */
export function hasSqliteLedger(dataDir: string): boolean {
  return existsSync(ledgerPath(dataDir));
}

type Thread = {
  readonly ready: { readonly mark: string; readonly newestId: number };
  readonly run: (operations: readonly Operation[]) => Promise<readonly Ended[]>;
  readonly close: () => Promise<void>;
};

/** What operations leave behind dies young; V8's own choice takes three times as much, for nothing measurable. */
const YOUNG_MB = 8;

/** Node's compile cache, where the process has it: without it each thread loads the stripper of types, 20 MB. */
function threadEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined
    ? process.env
    : { ...process.env, NODE_COMPILE_CACHE: dirname(folder) };
}

async function startThread(options: ThreadOptions): Promise<Thread> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: options,
    env: threadEnvironment(),
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  // One group at a time is under way, so one pair of callbacks is enough.
  let pending:
    | { resolve: (message: unknown) => void; reject: (reason: unknown) => void }
    | undefined;
  let gone: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  const fail = (cause: unknown): void => {
    gone ??= fault('ledger_unavailable', {
      cause,
      detail: `The ledger's thread ended: ${messageOf(cause)}. Restart the service.`,
    });
    pending?.reject(gone);
    pending = undefined;
  };
  worker.on('error', fail);
  worker.on('exit', () => fail('it was stopped'));
  worker.on('message', (message: unknown) => {
    const waiting = pending;
    pending = undefined;
    waiting?.resolve(message);
  });
  const answer = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      pending = { resolve, reject };
    });
  // thread.ts answers first with a ThreadReady and then, for each group, with its ends.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const ready = (await answer()) as ThreadReady;
  if ('fault' in ready) {
    await exited;
    const { code, detail } = ready.fault;
    throw isErrorCode(code) ? fault(code, { detail }) : new Error(detail);
  }
  return {
    ready,
    async run(operations) {
      if (gone !== undefined) throw gone;
      const ended = answer();
      worker.postMessage(encodeOperations(operations));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      return decodeEnds((await ended) as Flat);
    },
    async close() {
      if (gone === undefined) worker.postMessage('close');
      await exited;
    },
  };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
