import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import { MOST_OBJECTIVES } from './slo-list.command.ts';

type Flags = ClientFlags & { readonly objective?: string; readonly json?: true };

export function sloRulesCommand(): Command {
  return withClient(
    newCommand(
      'rules',
      'recording and alerting rules for Prometheus, over the counters of /metrics',
      ['holdfast slo rules > holdfast-rules.yaml', 'holdfast slo rules --objective on-time'],
      'Multiwindow, multi-burn-rate (Site Reliability Workbook, chapter 5). What has no rule is named in comments.',
    ),
  )
    .option('--objective <name>', 'for this one alone')
    .action(async (flags: Flags) => {
      // What only this needs is not loaded for every other command.
      const { stringify } = await import('yaml');
      const { prometheusRules } = await import('../slo/index.ts');
      const api = apiFrom(flags);
      const objectives =
        flags.objective === undefined
          ? await api.objectives(MOST_OBJECTIVES)
          : [await api.objective(flags.objective)];
      const made = prometheusRules(objectives, (await api.board(undefined)).deliveryDeadlineMs);
      printResult(flags, made, ({ rules, omitted }) =>
        [
          ...omitted.map(({ objective, why }) => `# no rule for ${objective}: ${oneLine(why)}`),
          stringify(rules, { lineWidth: 0 }).trimEnd(),
        ].join('\n'),
      );
    });
}
