import type { Contract } from './contract/contract.ts';
import { differences, isUnwritten } from './differences.ts';
import type { Exchange } from './exchange.ts';
import { isTo, type Operation } from './operation.ts';
import { isRecord, mismatches } from './shape.ts';

export type Failure = {
  readonly operation: string;
  /** What does not hold. */
  readonly check: string;
  readonly reason: string;
};

export type Verdict = {
  readonly operation: Operation;
  /** How many held. */
  readonly checks: number;
  readonly exchanges: number;
  /** Held against the contract. */
  readonly validated: number;
  readonly failures: readonly Failure[];
};

export type Report = {
  readonly operations: number;
  readonly passed: number;
  readonly checks: number;
  readonly exchanges: number;
  readonly validated: number;
  readonly differences: number;
  readonly failures: readonly Failure[];
};

/** A check that was run; null where it held. */
export type Outcome = { readonly check: string; readonly reason: string | null };

/** Holds what went over the wire for an operation against its row, and against the contract where there is one. */
export function judge(
  operation: Operation,
  run: readonly Outcome[],
  all: readonly Exchange[],
  contract: Contract | null,
): Verdict {
  const exchanges = all.filter(({ method, url }) => isTo(operation, method, url.pathname));
  const byContract = contract === null ? [] : contractOutcomes(operation, exchanges, contract);
  const outcomes = [
    ...run,
    ...statusOutcomes(operation, exchanges),
    clientOutcome(operation, exchanges),
    ...byContract,
  ];
  return {
    operation,
    checks: outcomes.filter(({ reason }) => reason === null).length,
    exchanges: exchanges.length,
    validated:
      contract === null
        ? 0
        : exchanges.filter((one) => contract.complaints(nameOf(operation, one), one) !== undefined)
            .length,
    failures: outcomes.flatMap(({ check, reason }) =>
      reason === null ? [] : [{ operation: operation.id, check, reason }],
    ),
  };
}

/** Operations that only one side knows. */
export function unknownOperations(
  operations: readonly Operation[],
  contract: Contract,
): readonly Failure[] {
  const ours = operations.flatMap(({ methods, path }) =>
    methods.map((method) => `${method} ${path}`),
  );
  const fail = (operation: string, reason: string): Failure => ({
    operation,
    check: 'stands in the table and in the contract',
    reason,
  });
  return [
    ...contract.operations
      .filter((name) => !ours.includes(name))
      .map((name) => fail(name, 'it is not in the table')),
    ...ours
      .filter((name) => !contract.operations.includes(name))
      .map((name) => fail(name, 'it is not in the contract')),
  ];
}

export function summed(verdicts: readonly Verdict[], more: readonly Failure[]): Report {
  const sum = (count: (verdict: Verdict) => number): number =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0);
  return {
    operations: verdicts.length,
    passed: verdicts.filter(({ failures }) => failures.length === 0).length,
    checks: sum(({ checks }) => checks),
    exchanges: sum(({ exchanges }) => exchanges),
    validated: sum(({ validated }) => validated),
    differences: differences.length,
    failures: [...verdicts.flatMap(({ failures }) => failures), ...more],
  };
}

/** Every status of the row was seen and looks as it must, and no other was. */
function statusOutcomes(operation: Operation, exchanges: readonly Exchange[]): readonly Outcome[] {
  const { answers, refusals } = operation;
  const expected = [...Object.keys(answers).map(Number), ...refusals];
  const others = [...new Set(exchanges.map(({ status }) => status))].filter(
    (status) => !expected.includes(status),
  );
  return [
    ...expected.map((status): Outcome => {
      const seen = exchanges.filter((exchange) => exchange.status === status);
      const wrong = seen.flatMap((exchange) => formComplaints(operation, exchange));
      const reason = seen.length === 0 ? 'it was never answered so' : wrong[0];
      return { check: `answers ${status} in its form`, reason: reason ?? null };
    }),
    {
      check: 'answers with no other status',
      reason: others.length === 0 ? null : `it answered ${others.join(', ')}`,
    },
  ];
}

function formComplaints(
  { answers }: Operation,
  { status, responseText }: Exchange,
): readonly string[] {
  const shape = answers[status];
  if (shape === null) return responseText === '' ? [] : [`${status} has a body`];
  const value: unknown = responseText === '' ? null : JSON.parse(responseText);
  return shape === undefined ? refusalComplaints(status, value) : mismatches(value, shape);
}

/** Svix's clients read `detail`: of a 422 a list of places, of everything else a sentence. */
function refusalComplaints(status: number, value: unknown): readonly string[] {
  if (!isRecord(value)) return ['a refusal has no body'];
  const { code, detail } = value;
  if (typeof code !== 'string' || !/^[a-z_]+$/.test(code)) return ['a refusal has no code'];
  if (status !== 422) return typeof detail === 'string' ? [] : ['a refusal has no sentence'];
  const isPlace = (one: unknown): boolean =>
    isRecord(one) &&
    typeof one.msg === 'string' &&
    typeof one.type === 'string' &&
    Array.isArray(one.loc) &&
    one.loc.length > 1 &&
    one.loc.every((part: unknown) => typeof part === 'string');
  return Array.isArray(detail) && detail.length > 0 && detail.every(isPlace)
    ? []
    : [`${JSON.stringify(detail)} is no list of places`];
}

function clientOutcome(operation: Operation, exchanges: readonly Exchange[]): Outcome {
  const isSeen =
    operation.client === 'fetch' ||
    exchanges.some(({ isByClient, status }) => isByClient && status < 300);
  return {
    check: 'is called by the npm client',
    reason: isSeen ? null : 'the client never called it with success',
  };
}

function contractOutcomes(
  operation: Operation,
  exchanges: readonly Exchange[],
  contract: Contract,
): readonly Outcome[] {
  const reasons = exchanges.flatMap((exchange) => {
    const { method, url, status } = exchange;
    const complaints = contract.complaints(nameOf(operation, exchange), exchange);
    if (complaints === undefined) {
      return isUnwritten(operation.id, status) ? [] : [`the contract has no ${status}`];
    }
    return complaints
      .filter((text) => !isUnwritten(operation.id, status, text))
      .map((text) => `${method} ${url.pathname}${url.search} ${status}: ${text}`);
  });
  const distinct = [...new Set(reasons)];
  return [
    {
      check: 'keeps to the contract',
      reason: distinct.length === 0 ? null : distinct.slice(0, 3).join('; '),
    },
  ];
}

/** As the contract names it. */
function nameOf({ path }: Operation, { method }: Exchange): string {
  return `${method} ${path}`;
}
