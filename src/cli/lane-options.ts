import type { Command } from 'commander';
import { withClient } from './client-options.ts';

/** What every command about one lane takes. */
export function withLane(command: Command): Command {
  return withClient(command)
    .argument('<endpoint>', 'id or uid of the endpoint')
    .requiredOption('--app <application>', 'id or uid of the application');
}
