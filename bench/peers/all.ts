import { startPostgres } from './postgres.ts';
import type { Adds, Role } from './queue-process.ts';
import type { QueueServer } from './queue-server.ts';
import { startRedis } from './redis.ts';

export type PeerChoice = {
  readonly name: string;
  readonly module: URL;
  readonly startServer: () => Promise<QueueServer>;
  readonly adds: Adds;
  /** One process that accepts and delivers, or one for each: what was faster, see docs/adr/0017. */
  readonly processes: readonly (readonly Role[])[];
};

const together = [['accept', 'deliver']] as const;

const bullmq = new URL('bullmq.ts', import.meta.url);
const pgBoss = new URL('pg-boss.ts', import.meta.url);
const graphileWorker = new URL('graphile-worker.ts', import.meta.url);

export const peers: readonly PeerChoice[] = [
  {
    name: 'BullMQ, AOF everysec',
    module: bullmq,
    startServer: () => startRedis('everysec'),
    adds: 'one by one',
    processes: together,
  },
  {
    name: 'BullMQ, AOF always',
    module: bullmq,
    startServer: () => startRedis('always'),
    adds: 'one by one',
    processes: together,
  },
  ...(['one by one', 'gathered'] as const).flatMap((adds) => [
    {
      name: `pg-boss, ${adds}`,
      module: pgBoss,
      startServer: startPostgres,
      adds,
      processes: together,
    },
    {
      name: `graphile-worker, ${adds}`,
      module: graphileWorker,
      startServer: startPostgres,
      adds,
      processes: together,
    },
  ]),
];
