import type { Command } from 'commander';
import { systemClock } from '../core/index.ts';
import { apiFrom, type AppFlags } from './client-options.ts';
import { describeCanary } from './describe-canary.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

type Flags = AppFlags & { readonly why?: string };

const moves = {
  pause: 'send no more messages to the candidate until it is resumed',
  resume: 'let a paused canary go on at its step',
  promote: 'write what it tries to the endpoint now, without waiting for the schedule',
  stop: 'end it; the endpoint stays as it was',
} as const;

/** `pause`, `resume`, `promote` and `stop`: one command with four names. */
export function canaryMoveCommands(): readonly Command[] {
  return (['pause', 'resume', 'promote', 'stop'] as const).map((move) =>
    withLane(
      newCommand(move, moves[move], [`holdfast canary ${move} main --app acme --why "as agreed"`]),
    )
      .option('--why <text>', 'the reason, kept with the change')
      .action(async (endpoint: string, flags: Flags) => {
        const canary = await apiFrom(flags).moveCanary(flags.app, endpoint, move, flags.why);
        printResult(flags, canary, (shown) => describeCanary(shown, systemClock.now()));
      }),
  );
}
