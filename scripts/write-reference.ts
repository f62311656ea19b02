// Writes settings.md, errors.md, outcomes.md and metrics.md of docs/reference from the tables in src.
//
//   node scripts/write-reference.ts
//
// test/core/reference.test.ts fails while a page and its table differ.

import { writeFileSync } from 'node:fs';
import {
  assertNever,
  environmentName,
  errorTable,
  settingNames,
  settingTable,
  type Setting,
} from '../src/core/index.ts';
import { metricFamilies, type MetricFamily } from '../src/app/index.ts';
import { outcomeClasses, outcomeMeanings } from '../src/retry/index.ts';

const WRITTEN = 'Written by scripts/write-reference.ts: do not edit.';

export const referencePages = [
  { file: new URL('../docs/reference/settings.md', import.meta.url), write: writeSettings },
  { file: new URL('../docs/reference/errors.md', import.meta.url), write: writeErrors },
  { file: new URL('../docs/reference/outcomes.md', import.meta.url), write: writeOutcomes },
  { file: new URL('../docs/reference/metrics.md', import.meta.url), write: writeMetrics },
];

function writeSettings(): string {
  const rows = settingNames.map((name) => {
    const setting: Setting = settingTable[name];
    return [code(environmentName(name)), defaultOf(setting), boundsOf(setting), setting.about];
  });
  return `# Settings

<!-- ${WRITTEN} -->

Read once, at the start, from the environment. A name that begins with \`HOLDFAST_\` and is none of these is refused, and the nearest one named.
\`HOLDFAST_LEASE_MS\` must exceed \`HOLDFAST_ATTEMPT_TIMEOUT_MS\` by at least 1000.

${table(['setting', 'default', 'allowed', 'meaning'], rows)}
`;
}

function writeOutcomes(): string {
  const rows = outcomeClasses.map((outcome) => [code(outcome), outcomeMeanings[outcome]]);
  return `# Outcomes

<!-- ${WRITTEN} -->

What an attempt can end in. Only \`delivered\` ends a delivery well; after \`gone\` it is dead at once and the endpoint is disabled; after \`conversion_failed\` it is dead at once, and can be redriven once the conversion is mended; after all others it is scheduled again, until the policy's attempts or age are used up and it is dead.

${table(['outcome', 'meaning'], rows)}
`;
}

function writeMetrics(): string {
  const families: Readonly<Record<string, MetricFamily>> = metricFamilies;
  const rows = Object.entries(families).map(([name, { type, labels, help }]) => [
    code(name),
    type,
    labels.map(code).join(', '),
    help,
  ]);
  return `# Metrics

<!-- ${WRITTEN} -->

GET \`/metrics\` answers in Prometheus' text format, with a token that sees all applications; \`HOLDFAST_METRICS_ACCESS=public\` lets anyone read it. How to scrape it and what to alert on: [operations](../operations.md#metrics-and-traces).

Counters and histograms count since the process began. A histogram has \`_bucket\` with the label \`le\`, \`_sum\` and \`_count\`. Families named \`nodejs_\` and \`process_\` are those of prom-client about the process.

${table(['family', 'type', 'labels', 'meaning'], rows)}
`;
}

function writeErrors(): string {
  const rows = Object.entries(errorTable).map(([name, [status, sentence]]) => [
    code(name),
    String(status),
    sentence,
  ]);
  return `# Error codes

<!-- ${WRITTEN} -->

The API answers an error with the HTTP status below and \`code\` and \`detail\` in JSON; with 422, \`detail\` is a list that names each field.
The command line prints the same code and sentence.
A code keeps its meaning for ever. Where more is known than the sentence below, \`detail\` says it.

${table(['code', 'status', 'meaning, and what to do'], rows)}
`;
}

function defaultOf(setting: Setting): string {
  if (setting.kind === 'number') return code(String(setting.fallback));
  return setting.fallback === '' ? '' : code(setting.fallback);
}

function boundsOf(setting: Setting): string {
  switch (setting.kind) {
    case 'number':
      return setting.max === Number.MAX_SAFE_INTEGER
        ? `${setting.min} or more`
        : `${setting.min} to ${setting.max}`;
    case 'choice':
      return setting.of.map(code).join(', ');
    case 'text':
      return setting.secret === true ? 'secret' : 'text';
    default:
      return assertNever(setting);
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) for (const { file, write } of referencePages) writeFileSync(file, write());
