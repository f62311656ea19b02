import type { Command } from 'commander';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeExplanation } from './describe-explanation.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = ClientFlags & {
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
};

export function sloExplainCommand(): Command {
  return withClient(
    newCommand('explain', 'what the bad outcomes of an objective have in common', [
      'holdfast slo explain first-attempt',
      'holdfast slo explain first-attempt --from 2026-01-05T10:00:00Z --json',
    ]),
  )
    .argument('<objective>', 'name of the objective')
    .option('--from <moment>', 'not before; an hour ago unless given, a day at most')
    .option('--to <moment>', 'not after; now unless given')
    .action(async (name: string, flags: Flags) => {
      const answer = await apiFrom(flags).explanation(name, flags.from, flags.to);
      printResult(flags, answer.whole, () => describeExplanation(`Objective ${name}`, answer));
    });
}
