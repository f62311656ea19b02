import { Queue, Worker } from 'bullmq';
import { answerAsQueue } from './queue-process.ts';

/**
 * BullMQ on Redis. From its guide: a queue's jobs are removed when they complete ("Auto-removal of jobs"), concurrency
 * is high for work that waits ("Concurrency"), Redis evicts nothing and appends to a file ("Going to production").
 */
const NAME = 'deliveries';

const settings = {
  concurrency: 200,
  removeOnComplete: true,
  removeOnFail: false,
  attempts: 8,
  backoff: 'exponential',
} as const;

type Delivery = { readonly body: string };

function connectionTo(server: string): { host: string; port: number; maxRetriesPerRequest: null } {
  const { hostname, port } = new URL(server);
  return { host: hostname, port: Number(port), maxRetriesPerRequest: null };
}

answerAsQueue({
  settings,
  async openProducer(server) {
    const { removeOnComplete, removeOnFail, attempts } = settings;
    const backoff = { type: settings.backoff, delay: 5000 };
    const queue = new Queue<Delivery>(NAME, {
      connection: connectionTo(server),
      defaultJobOptions: { removeOnComplete, removeOnFail, attempts, backoff },
    });
    await queue.waitUntilReady();
    return {
      add: (body) => queue.add('deliver', { body }),
      close: () => queue.close(),
    };
  },
  async openWorker(server, deliver) {
    const worker = new Worker<Delivery>(NAME, (job) => deliver(job.id ?? '', job.data.body), {
      connection: connectionTo(server),
      concurrency: settings.concurrency,
    });
    worker.on('error', (error) => console.error(`bench: BullMQ: ${error.message}`));
    worker.on('failed', (_job, error) => console.error(`bench: BullMQ: ${error.message}`));
    await worker.waitUntilReady();
    return { close: () => worker.close() };
  },
});
