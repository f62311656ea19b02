import type { Role } from './queue-process.ts';
import type { QueueServer } from './queue-server.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';

export type PeerChoice = {
  readonly name: string;
  readonly module: URL;
  readonly startServer: () => Promise<QueueServer>;
  /** One process that accepts and delivers, or one for each: what was faster here, see docs/adr/0017. */
  readonly processes: readonly (readonly Role[])[];
};

const together = [['accept', 'deliver']] as const;
const apart = [['accept'], ['deliver']] as const;

const bullmq = new URL('bullmq.ts', import.meta.url);

export const peers: readonly PeerChoice[] = [
  {
    name: 'BullMQ, AOF everysec',
    module: bullmq,
    startServer: () => startRedis('everysec'),
    processes: together,
  },
  {
    name: 'BullMQ, AOF always',
    module: bullmq,
    startServer: () => startRedis('always'),
    processes: together,
  },
  {
    name: 'pg-boss',
    module: new URL('pg-boss.ts', import.meta.url),
    startServer: startPostgres,
    processes: together,
  },
  {
    name: 'graphile-worker',
    module: new URL('graphile-worker.ts', import.meta.url),
    startServer: startPostgres,
    processes: together,
  },
];
