import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, type AppFlags } from './client-options.ts';
import { describeCanary } from './describe-canary.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export function canaryShowCommand(): Command {
  return withLane(
    newCommand('show', 'both arms side by side, what they say, and what it waits for', [
      'holdfast canary show main --app acme',
      'holdfast canary show main --app acme --json',
    ]),
  ).action(async (endpoint: string, flags: AppFlags) => {
    const canary = await apiFrom(flags).canary(flags.app, endpoint);
    printResult(flags, canary, (shown) => describeCanary(shown, systemClock.now()));
  });
}
