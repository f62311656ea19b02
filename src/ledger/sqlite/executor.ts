import type { DatabaseSync } from 'node:sqlite';
import { HoldfastError } from '../../core/index.ts';
import { faultOf } from './faults.ts';

/** One operation as it travels: its name in the contract and its request. */
export type Operation = readonly [name: string, request: unknown];

/** One operation's end. Faults travel as code and sentence, since class instances do not cross threads. */
export type Ended =
  | { readonly value: unknown }
  | { readonly fault: { readonly code: string; readonly detail: string } };

type Run = (name: string, request: unknown) => unknown;

/** Carries an operation out by its name. */
export function byNameOf(operations: object): Run {
  const byName = new Map<string, (request: unknown) => unknown>(Object.entries(operations));
  return (name, request) => {
    const operation = byName.get(name);
    if (operation === undefined) throw new Error(`no ledger operation is named ${name}`);
    return operation(request);
  };
}

/**
 * Carries out all operations in ONE commit: that is the group commit. Where one throws, the commit is undone and
 * each is tried in a commit of its own, so that one bad operation fails alone. Where the disk or the file is at
 * fault, all of them fail: nothing was stored.
 */
export function commitTogether(
  transact: Transact,
  run: Run,
  operations: readonly Operation[],
): Ended[] {
  try {
    return transact(() => operations.map(([name, request]) => ({ value: run(name, request) })));
  } catch (thrown) {
    const failed = faultOf(thrown);
    if (failed instanceof HoldfastError || operations.length === 1) {
      const end = endedBy(failed);
      return operations.map(() => end);
    }
    return operations.flatMap((operation) => commitTogether(transact, run, [operation]));
  }
}

export function readEach(run: Run, operations: readonly Operation[]): Ended[] {
  return operations.map(([name, request]) => {
    try {
      return { value: run(name, request) };
    } catch (thrown) {
      return endedBy(faultOf(thrown));
    }
  });
}

/** Does all of the work in one commit, or none of it. */
export type Transact = <Result>(work: () => Result) => Result;

/** What has a part in every commit: it writes what it gathered before, and forgets it after. */
export type Companion = { flush(): void; forget(isUndone: boolean): void };

export function prepareTransact(database: DatabaseSync, companion: Companion): Transact {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  return (work) => {
    begin.run();
    let isUndone = true;
    try {
      const result = work();
      companion.flush();
      commit.run();
      isUndone = false;
      return result;
    } catch (thrown) {
      // SQLite undoes by itself on a full disk; then there is nothing left to undo.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw thrown;
    } finally {
      companion.forget(isUndone);
    }
  };
}

function endedBy(thrown: unknown): Ended {
  if (thrown instanceof HoldfastError) {
    const cause = thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
    return { fault: { code: thrown.code, detail: thrown.message + cause } };
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { fault: { code: 'internal', detail } };
}
