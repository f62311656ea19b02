import type { Undo } from '../cli/processes.ts';
import { allChecks } from './all-checks.ts';
import type { OperationChecks } from './checks.ts';
import { readContract } from './contract/contract.ts';
import { operations } from './operations.ts';
import { tableChecks } from './table-checks.ts';
import { judge, unknownOperations, type Outcome, type Verdict, type Failure } from './verdict.ts';
import { startWorld, type World } from './world.ts';

export type Options = {
  /** An OpenAPI document to hold every exchange against. */
  readonly contractFile: string | undefined;
  readonly progress?: (done: number, of: number, operation: string) => void;
};

export type Conformance = {
  readonly verdicts: readonly Verdict[];
  /** Operations that only the table or only the contract knows. */
  readonly unknown: readonly Failure[];
};

/** Where nothing works, every check waits in vain; after this time the rest is not run, and said to have failed. */
const LONGEST_RUN_MS = 100_000;

/** Drives every operation of the table against a Holdfast of its own, which `context` ends. */
export async function runConformance(
  context: Undo,
  { contractFile, progress }: Options,
): Promise<Conformance> {
  const contract = contractFile === undefined ? null : readContract(contractFile);
  const world = await startWorld(context);
  const signal = AbortSignal.timeout(LONGEST_RUN_MS);
  const outcomes: (readonly Outcome[])[] = [];
  for (const operation of operations) {
    progress?.(outcomes.length, operations.length, operation.id);
    const checks = { ...allChecks[operation.id], ...tableChecks(operation) };
    outcomes.push(await runChecks(checks, world, signal));
  }
  return {
    // Only now: a call to one operation is often made for the sake of another.
    verdicts: operations.map((operation, index) =>
      judge(operation, outcomes[index] ?? [], world.exchanges, contract),
    ),
    unknown: contract === null ? [] : unknownOperations(operations, contract),
  };
}

async function runChecks(
  checks: OperationChecks,
  world: World,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [check, run] of Object.entries(checks)) {
    outcomes.push({
      check,
      reason: signal.aborted ? 'it was not run for lack of time' : await reasonOf(run, world),
    });
  }
  return outcomes;
}

async function reasonOf(
  run: (world: World) => Promise<void>,
  world: World,
): Promise<string | null> {
  try {
    await run(world);
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message.replaceAll(/\s+/g, ' ') : String(thrown);
  }
}
