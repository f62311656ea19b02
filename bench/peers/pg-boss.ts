import { PgBoss } from 'pg-boss';
import { answerAsQueue } from './queue-process.ts';

/**
 * pg-boss on PostgreSQL. From its guide: jobs are fetched and completed in batches, workers fetch without pause while
 * batches come back full, and a queue has a partition of its own. Woken by NOTIFY it took half as many messages, since
 * PostgreSQL commits those one at a time: it polls.
 */
const NAME = 'deliveries';

const settings = {
  max: 20,
  useListenNotify: false,
  notify: false,
  partition: true,
  policy: 'standard',
  retryLimit: 8,
  retryBackoff: true,
  batchSize: 100,
  localConcurrency: 2,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
} as const;

type Delivery = { readonly body: string };

async function open(server: string): Promise<PgBoss> {
  const { max, useListenNotify } = settings;
  const boss = new PgBoss({ connectionString: server, max, useListenNotify, schedule: false });
  boss.on('error', (error) => console.error(`bench: pg-boss: ${error.message}`));
  await boss.start();
  const { notify, partition, policy, retryLimit, retryBackoff } = settings;
  await boss.createQueue(NAME, { notify, partition, policy, retryLimit, retryBackoff });
  return boss;
}

answerAsQueue({
  settings,
  async openProducer(server) {
    const boss = await open(server);
    return {
      add: (body) => boss.send(NAME, { body }),
      addAll: (bodies) =>
        boss.insert(
          NAME,
          bodies.map((body) => ({ data: { body } })),
        ),
      close: () => boss.stop(),
    };
  },
  async openWorker(server, deliver) {
    const boss = await open(server);
    const { batchSize, localConcurrency, burstWhenBatchFull, pollingIntervalSeconds } = settings;
    await boss.work<Delivery>(
      NAME,
      {
        batchSize,
        localConcurrency,
        burstWhenBatchFull,
        pollingIntervalSeconds,
      },
      async (jobs) => {
        // A batch completes as a whole, so the jobs that failed are taken out of it one by one.
        await Promise.all(
          jobs.map((job) =>
            deliver(job.id, job.data.body).catch((error: unknown) =>
              boss.fail(NAME, job.id, { message: String(error) }),
            ),
          ),
        );
      },
    );
    return { close: () => boss.stop() };
  },
});
