import { join } from 'node:path';
import {
  createIdSource,
  systemClock,
  systemRandom,
  timeOfId,
  type IdSource,
} from '../../src/core/index.ts';
import type { Acceptance } from '../../src/ledger/contract/acceptance.ts';
import type { Settlement } from '../../src/ledger/contract/leases.ts';
import {
  byNameOf,
  commitTogether,
  prepareTransact,
  type Operation,
} from '../../src/ledger/sqlite/executor.ts';
import { openDatabase } from '../../src/ledger/sqlite/open.ts';
import { prepareWrites } from '../../src/ledger/sqlite/operations.ts';
import { SliCounter } from '../../src/ledger/sqlite/sli-counter.ts';
import { budgets } from '../budgets.ts';
import { makeDataFolder } from '../disk.ts';
import { median, type Measure, type ScenarioResult } from '../measure.ts';
import type { BenchOptions } from '../options.ts';
import { nowUs, payloadOf } from '../payload.ts';
import type { Scenario } from '../scenario.ts';

/**
 * What counting costs the thread that writes: the ledger's own operations on its own file, in this process, with SLI
 * minutes and without, a few commits of one and a few of the other by turns. Each delivery is accepted in one commit
 * and settled in the next, as under load.
 */
export const sli: Scenario = {
  name: 'sli',
  sentence: "What counting SLI minutes costs the ledger's thread, by the size of commits.",
  isOnRequest: true,
  run,
};

/** Deliveries that are accepted in a commit, and as many that are settled. */
const groups = [8, 32, 64, 256];
const shapes = [
  { name: '1 endpoint', endpoints: 1, types: 1, hasValue: false },
  { name: '10 endpoints, 3 types', endpoints: 10, types: 3, hasValue: false },
  { name: '10 endpoints, 3 types, values', endpoints: 10, types: 3, hasValue: true },
] as const;
type Shape = (typeof shapes)[number];

const sizes = {
  quick: { rounds: 9, deliveries: 2048 },
  full: { rounds: 31, deliveries: 8192 },
};

async function run(
  { isQuick }: BenchOptions,
  progress: (line: string) => void,
): Promise<ScenarioResult> {
  const { rounds, deliveries } = isQuick ? sizes.quick : sizes.full;
  const measures: Measure[] = [];
  for (const shape of shapes) {
    for (const group of groups) {
      const found = compare(shape, group, rounds, deliveries);
      measures.push(...found);
      progress(`${shape.name}, groups of ${group}`);
    }
  }
  return {
    measures,
    failures: [],
    complaints: [],
    remarks: [
      'The target is 5 % of the 220 µs of CPU that a delivery takes in all processes, as "one-request" measures them.',
      "Ratios are of the ledger's thread alone: deliveries that it could do in a time with counting, by those without. Medians of rounds that take turns.",
    ],
    conditions: { rounds, deliveries, groups },
  };
}

type Used = { readonly cpuUs: number; readonly wallUs: number };

function compare(
  shape: Shape,
  group: number,
  rounds: number,
  deliveries: number,
): readonly Measure[] {
  const without = openWriter(shape, false);
  const counting = openWriter(shape, true);
  const used: { readonly without: Used; readonly counting: Used }[] = [];
  try {
    for (const writer of [without, counting]) writer.work(deliveries, group);
    for (let round = 0; round < rounds; round += 1) {
      const isTurned = round % 2 === 1;
      const first = (isTurned ? counting : without).work(deliveries, group);
      const second = (isTurned ? without : counting).work(deliveries, group);
      used.push(
        isTurned ? { without: second, counting: first } : { without: first, counting: second },
      );
    }
  } finally {
    without.close();
    counting.close();
  }
  const shares = used.map((round) => round.without.cpuUs / round.counting.cpuUs);
  const costs = used.map((round) => round.counting.cpuUs - round.without.cpuUs);
  const cpu = median(used.map((round) => round.without.cpuUs));
  const wall = median(used.map((round) => round.without.wallUs / round.counting.wallUs));
  const name = `${shape.name}, groups of ${group}`;
  return [
    {
      name: `${name}: counting`,
      unit: 'µs',
      value: median(costs),
      target: budgets.sliCpuUs,
      note: `of CPU a delivery, beside ${cpu.toFixed(1)} without`,
    },
    {
      name: `${name}: thread`,
      unit: 'ratio',
      value: median(shares),
      spread: [Math.min(...shares), Math.max(...shares)],
      note: `${wall.toFixed(3)} by the clock, fsync included`,
    },
  ];
}

type Writer = { work(deliveries: number, group: number): Used; close(): void };

/** What stands in for the counter where nothing is counted. */
const noCounter = {
  accepted() {},
  settled() {},
  flush() {},
  forget() {},
};

function openWriter(shape: Shape, isCounting: boolean): Writer {
  const folder = makeDataFolder();
  const path = join(folder.path, 'ledger.sqlite');
  const { database } = openDatabase({
    path,
    maxBytes: 0,
    random: systemRandom,
    now: systemClock.now(),
  });
  const counter = isCounting ? new SliCounter(database) : (noCounter as unknown as SliCounter);
  const carryOut = byNameOf(prepareWrites(database, counter));
  const transact = prepareTransact(database, counter);
  const ids = createIdSource(systemClock);
  let sequence = 0;
  return {
    work(deliveries, group) {
      let settlements: Operation[] = [];
      const commit = (operations: readonly Operation[]): void => {
        for (const end of commitTogether(transact, carryOut, operations)) {
          if ('fault' in end) throw new Error(end.fault.detail);
        }
      };
      const startedAt = performance.now();
      const cpu = process.cpuUsage();
      for (let done = 0; done < deliveries; done += group) {
        const operations = settlements;
        settlements = [];
        for (let nth = 0; nth < group; nth += 1) {
          const { acceptance, settlement } = deliveryOf(ids, sequence, shape);
          operations.push(['accept', acceptance]);
          settlements.push(['settle', settlement]);
          sequence += 1;
        }
        commit(operations);
      }
      commit(settlements);
      const { user, system } = process.cpuUsage(cpu);
      const wallUs = (performance.now() - startedAt) * 1000;
      return { cpuUs: (user + system) / deliveries, wallUs: wallUs / deliveries };
    },
    close: () => database.close(),
  };
}

function deliveryOf(
  ids: IdSource,
  sequence: number,
  { endpoints, types, hasValue }: Shape,
): { readonly acceptance: Acceptance; readonly settlement: Settlement } {
  const id = ids.next();
  const attemptId = ids.next();
  const endpointId = 1 + ((sequence * 7) % endpoints);
  const lease = { endpointId, attemptId, state: 'in_flight', reason: null } as const;
  return {
    acceptance: {
      message: {
        id,
        appId: 1,
        eventType: `bench.sent.${sequence % types}`,
        eventId: null,
        channels: null,
        tags: null,
        payload: payloadOf(sequence, nowUs()),
        retentionDays: 90,
        traceparent: null,
        matched: [endpointId],
        ...(hasValue ? { value: { amount: 1 + (sequence % 9999), currency: 'EUR' } } : {}),
      },
      deliveries: [{ ...lease, dueAt: timeOfId(id) + 30_000 }],
      contentHash: null,
      idempotencyKey: null,
    },
    settlement: {
      messageId: id,
      endpointId,
      attemptId,
      nth: 1,
      trigger: 'scheduled',
      outcome: 'delivered',
      statusCode: 200,
      address: '127.0.0.1',
      certificate: null,
      durationMs: 5 + (sequence % 40),
      timing: {
        queuedMs: 1,
        dnsMs: null,
        connectMs: null,
        tlsMs: null,
        sentMs: 0.1,
        firstByteMs: 4.1,
        lastByteMs: 0.1,
        failedPhase: null,
      },
      detail: null,
      response: 'ok',
      url: 'https://example.com/hook',
      canaryId: null,
      state: 'delivered',
      dueAt: null,
      reason: null,
    },
  };
}
