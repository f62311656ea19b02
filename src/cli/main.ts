import { Command } from 'commander';
import { HoldfastError } from '../core/index.ts';
import { serveCommand } from './serve.command.ts';

const program = new Command('holdfast')
  .description('webhooks that are never lost in silence')
  .version('0.1.0')
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help for more)')
  .addCommand(serveCommand());

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof HoldfastError)) throw thrown;
  const field = thrown.field === undefined ? '' : ` (${thrown.field})`;
  console.error(`holdfast: ${thrown.message}${field} [${thrown.code}]`);
  process.exitCode = 1;
}
