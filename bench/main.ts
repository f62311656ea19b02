import { optionsOrExit } from './options.ts';
import { profileHoldfast } from './profile.ts';
import { asJson, asTable } from './report.ts';
import { oneRequestAMessage } from './scenarios/one-request-a-message.ts';
import { besidePeers } from './scenarios/peers.ts';

/** Measures Holdfast against the bare client loop in one run. Exits 1 if anything was lost or does not add up. */
const options = optionsOrExit(process.argv.slice(2));
const progress = (line: string): void => console.error(`bench: ${line}`);

// Children, data folders and Holdfast itself go with the process, by its exit handlers.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

if (options.profile === undefined) {
  const scenario = options.peers ? besidePeers : oneRequestAMessage;
  const result = await scenario(options, progress);
  console.log(options.isJson ? asJson(result) : asTable(result));
  process.exitCode = result.failures.length === 0 ? 0 : 1;
} else {
  console.log(await profileHoldfast(options, options.profile, progress));
}
