import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { answerAsQueue } from './queue-process.ts';

/**
 * graphile-worker on PostgreSQL, with the settings of its page "Performance": jobs fetched in batches into the local
 * queue and completed in batches, one connection more than jobs at once, and a delay before it fetches again where the
 * last fetch brought little.
 */
const settings = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  localQueueSize: 500,
  refetchDelayMs: 20,
  refetchThreshold: 100,
  completeJobBatchDelay: 5,
  failJobBatchDelay: 5,
  preparedStatements: true,
} as const;

const MAX_ATTEMPTS = 8;

type Delivery = { readonly body: string };

/** By default it prints a line for each job that succeeds. */
const logger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(`bench: graphile-worker: ${message}`);
});

answerAsQueue({
  settings,
  async openProducer(server) {
    const { maxPoolSize } = settings;
    const utils = await makeWorkerUtils({ connectionString: server, maxPoolSize, logger });
    await utils.migrate();
    return {
      add: (body) => utils.addJob('deliver', { body }, { maxAttempts: MAX_ATTEMPTS }),
      addAll: (bodies) =>
        utils.addJobs(
          bodies.map((body) => ({
            identifier: 'deliver',
            payload: { body },
            maxAttempts: MAX_ATTEMPTS,
          })),
        ),
      close: async () => utils.release(),
    };
  },
  async openWorker(server, deliver) {
    const { localQueueSize, refetchDelayMs, refetchThreshold, ...worker } = settings;
    const refetchDelay = { durationMs: refetchDelayMs, threshold: refetchThreshold };
    const runner = await run({
      preset: {
        worker: {
          ...worker,
          connectionString: server,
          localQueue: { size: localQueueSize, refetchDelay },
          logger,
        },
      },
      noHandleSignals: true,
      taskList: {
        // Only this bench adds jobs, and each has a body.
        deliver: (payload, { job }) => deliver(job.id, (payload as Delivery).body),
      },
    });
    return { close: () => runner.stop() };
  },
});
