import { parseArgs } from 'node:util';
import type { Undo } from '../cli/processes.ts';
import { asTable } from './report.ts';
import { runConformance } from './run-conformance.ts';
import { summed } from './verdict.ts';

/** Drives every operation of the Svix server with Svix's own client. Exits 1 if one does not answer as it must. */
const usage = `npm run conformance -- [--json]

  --json   one line of JSON instead of the table
  SVIX_OPENAPI=<file>   an OpenAPI document to hold every request and answer against`;

const isJson = readFlags();
const undos: (() => unknown)[] = [];
const context: Undo = { after: (undo) => undos.push(undo) };
const undo = async (): Promise<void> => {
  for (const one of undos.splice(0).toReversed()) await one();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void undo().finally(() => process.exit(130)));
}

const startedAt = performance.now();
const contractFile = process.env.SVIX_OPENAPI;
try {
  const { verdicts, unknown } = await runConformance(context, {
    contractFile: contractFile === '' ? undefined : contractFile,
    progress: (done, of, operation) => {
      if (!isJson) console.error(`conformance: ${done + 1} of ${of}, ${operation}`);
    },
  });
  const report = summed(verdicts, unknown);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(isJson ? JSON.stringify(report) : asTable(verdicts, report, seconds));
  process.exitCode = report.failures.length === 0 ? 0 : 1;
} catch (thrown) {
  console.error(`conformance: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  process.exitCode = 1;
} finally {
  await undo();
}

function readFlags(): boolean {
  try {
    const options = { json: { type: 'boolean', default: false } } as const;
    return parseArgs({ options }).values.json;
  } catch (thrown) {
    console.error(`conformance: ${thrown instanceof Error ? thrown.message : ''}\n\n${usage}`);
    return process.exit(1);
  }
}
