import { Command } from 'commander';
import { auditCommand } from './audit.command.ts';
import { alertCommand } from './alert.command.ts';
import { canaryCommand } from './canary.command.ts';
import { changeCommand } from './change.command.ts';
import { correctCommand } from './correct.command.ts';
import { contractCommand } from './contract.command.ts';
import { deadLetterCommand } from './dead-letter.command.ts';
import { demoCommand } from './demo.command.ts';
import { drillCommand } from './drill.command.ts';
import { exitCodeOf, printError } from './failure.ts';
import { actionCommand } from './action.command.ts';
import { incidentCommand } from './incident.command.ts';
import { postmortemCommand } from './postmortem.command.ts';
import { importCommand } from './import.command.ts';
import { keyCommand } from './key.command.ts';
import { laneCommand } from './lane.command.ts';
import { pauseCommand } from './pause.command.ts';
import { policyCommand } from './policy.command.ts';
import { lintCommand } from './lint.command.ts';
import { listenCommand } from './listen.command.ts';
import { redriveCommand } from './redrive.command.ts';
import { sendCommand } from './send.command.ts';
import { serveCommand } from './serve.command.ts';
import { settingsCommand } from './settings.command.ts';
import { sloCommand } from './slo.command.ts';
import { tokenCommand } from './token.command.ts';

/** Runs one command and sets the exit code: 0, 1 for errors and for findings, 130 where Ctrl-C ended the waiting. */
export async function run(argv: readonly string[]): Promise<void> {
  // Whoever reads us may have read enough: "holdfast settings | head".
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    await createProgram().parseAsync(argv);
  } catch (thrown) {
    printError(thrown, argv.includes('--json'));
    process.exitCode = exitCodeOf(thrown);
  }
}

function createProgram(): Command {
  return new Command('holdfast')
    .description('webhooks that are never lost in silence')
    .version('0.1.0')
    .exitOverride()
    .configureOutput({ outputError() {} })
    .addCommand(serveCommand())
    .addCommand(sendCommand())
    .addCommand(listenCommand())
    .addCommand(deadLetterCommand())
    .addCommand(redriveCommand())
    .addCommand(correctCommand())
    .addCommand(laneCommand())
    .addCommand(pauseCommand())
    .addCommand(changeCommand())
    .addCommand(canaryCommand())
    .addCommand(contractCommand())
    .addCommand(policyCommand())
    .addCommand(alertCommand())
    .addCommand(incidentCommand())
    .addCommand(postmortemCommand())
    .addCommand(actionCommand())
    .addCommand(sloCommand())
    .addCommand(auditCommand())
    .addCommand(lintCommand())
    .addCommand(importCommand())
    .addCommand(tokenCommand())
    .addCommand(keyCommand())
    .addCommand(settingsCommand())
    .addCommand(demoCommand())
    .addCommand(drillCommand())
    .addHelpText('after', '\nEvery command has --help with examples, and --json for programs.');
}
