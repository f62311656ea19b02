import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { answerAsQueue } from './queue-process.ts';

/**
 * graphile-worker on PostgreSQL, with the settings of its page "Performance": jobs fetched in batches into the local
 * queue and completed in batches, one connection more than jobs at once.
 */
const settings = {
  concurrentJobs: 64,
  maxPoolSize: 20,
  localQueueSize: 500,
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
  maxAttempts: 8,
  preparedStatements: true,
} as const;

type Delivery = { readonly body: string };

/** By default it prints a line for each job that succeeds. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(`bench: graphile-worker: ${message}`);
});

answerAsQueue({
  settings,
  async openProducer(server) {
    const { maxPoolSize, maxAttempts } = settings;
    const utils = await makeWorkerUtils({ connectionString: server, maxPoolSize, logger });
    await utils.migrate();
    return {
      add: (body) => utils.addJob('deliver', { body }, { maxAttempts }),
      close: async () => utils.release(),
    };
  },
  async openWorker(server, deliver) {
    const { localQueueSize, maxAttempts: _, ...worker } = settings;
    const runner = await run({
      preset: {
        worker: { ...worker, connectionString: server, localQueue: { size: localQueueSize }, logger },
      },
      noHandleSignals: true,
      taskList: {
        // Only this bench adds jobs, and each has a body.
        deliver: (payload, { job }) => deliver(String(job.id), (payload as Delivery).body),
      },
    });
    return { close: () => runner.stop() };
  },
});
