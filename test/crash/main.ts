import { optionsOrExit } from './options.ts';
import { asTable } from './report.ts';
import { runCrashes } from './run-crashes.ts';

/** Kills a loaded Holdfast again and again and holds what follows against its promises. Exits 1 if one is broken. */
const { rounds, seed, isJson } = optionsOrExit(process.argv.slice(2));

// Receivers, data folder and Holdfast itself go with the process, by its exit handlers.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const startedAt = performance.now();
const { figures, violations } = await runCrashes({
  rounds,
  seed,
  progress: (round, inFlight) =>
    console.error(`crash: kill ${round} of ${rounds}, ${inFlight} deliveries in flight`),
});
const seconds = Math.round((performance.now() - startedAt) / 1000);
const report = { seed, rounds, seconds, ...figures, violations };
console.log(isJson ? JSON.stringify(report) : asTable(report));
process.exitCode = violations.length === 0 ? 0 : 1;
