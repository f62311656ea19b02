import { optionsOrExit } from './options.ts';
import { profileHoldfast } from './profile.ts';
import { asJson, asTable } from './report.ts';
import { clearUp, runScenarios } from './run-scenarios.ts';
import { scenarios } from './scenarios/index.ts';

const INTERRUPTED = 130;

/** Measures Holdfast against its budgets. Exits 1 if anything was lost or does not add up. */
const options = optionsOrExit(process.argv.slice(2), scenarios);
const progress = (line: string): void => console.error(`bench: ${line}`);

// Where even this is cut short, children, data folders and Holdfast itself go by handlers of the process's exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void clearUp().finally(() => process.exit(INTERRUPTED)));
}

if (options.profile === undefined) {
  const chosen = scenarios.filter(({ name }) => options.only.includes(name));
  const reports = await runScenarios(chosen, options, progress);
  console.log(options.isJson ? asJson(reports, options) : asTable(reports, options));
  process.exitCode = reports.every(({ failures }) => failures.length === 0) ? 0 : 1;
} else {
  console.log(await profileHoldfast(options, options.profile, progress));
}
