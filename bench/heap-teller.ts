import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into a Holdfast that is watched for hours: tells the parent every second what only the process itself knows
 * of its memory. Workers load it too, and stay silent.
 */
const EVERY_MS = 1000;

if (isMainThread) {
  setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ heapUsed, external });
  }, EVERY_MS).unref();
  // Neither the timer nor the channel keeps the process alive.
  process.channel?.unref();
}
