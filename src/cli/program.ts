import { Command } from 'commander';
import { exitCodeOf, printError } from './failure.ts';

/** Runs one command and sets the exit code: 0, 1 for errors and for findings, 130 where Ctrl-C ended the waiting. */
export async function run(argv: readonly string[]): Promise<void> {
  // Whoever reads us may have read enough: "holdfast settings | head".
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    const program = await createProgram(argv[2] ?? '');
    await program.parseAsync(argv);
  } catch (thrown) {
    printError(thrown, argv.includes('--json'));
    process.exitCode = exitCodeOf(thrown);
  }
}

/** In the order of the help. Each is loaded when it is run: all of them together take half a second. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.command.ts')).serveCommand(),
  send: async () => (await import('./send.command.ts')).sendCommand(),
  listen: async () => (await import('./listen.command.ts')).listenCommand(),
  'dead-letter': async () => (await import('./dead-letter.command.ts')).deadLetterCommand(),
  redrive: async () => (await import('./redrive.command.ts')).redriveCommand(),
  correct: async () => (await import('./correct.command.ts')).correctCommand(),
  lane: async () => (await import('./lane.command.ts')).laneCommand(),
  pause: async () => (await import('./pause.command.ts')).pauseCommand(),
  change: async () => (await import('./change.command.ts')).changeCommand(),
  canary: async () => (await import('./canary.command.ts')).canaryCommand(),
  contract: async () => (await import('./contract.command.ts')).contractCommand(),
  policy: async () => (await import('./policy.command.ts')).policyCommand(),
  alert: async () => (await import('./alert.command.ts')).alertCommand(),
  incident: async () => (await import('./incident.command.ts')).incidentCommand(),
  postmortem: async () => (await import('./postmortem.command.ts')).postmortemCommand(),
  action: async () => (await import('./action.command.ts')).actionCommand(),
  slo: async () => (await import('./slo.command.ts')).sloCommand(),
  audit: async () => (await import('./audit.command.ts')).auditCommand(),
  lint: async () => (await import('./lint.command.ts')).lintCommand(),
  import: async () => (await import('./import.command.ts')).importCommand(),
  token: async () => (await import('./token.command.ts')).tokenCommand(),
  key: async () => (await import('./key.command.ts')).keyCommand(),
  settings: async () => (await import('./settings.command.ts')).settingsCommand(),
  demo: async () => (await import('./demo.command.ts')).demoCommand(),
  drill: async () => (await import('./drill.command.ts')).drillCommand(),
  story: async () => (await import('./story.command.ts')).storyCommand(),
  practice: async () => (await import('./practice.command.ts')).practiceCommand(),
  quiz: async () => (await import('./quiz.command.ts')).quizCommand(),
};

/** @param named the command that is run; every one is there where it is none of them, as for help. */
async function createProgram(named: string): Promise<Command> {
  const program = new Command('holdfast')
    .description('webhooks that are never lost in silence')
    .version('0.1.0')
    .exitOverride()
    .configureOutput({ outputError() {} })
    .addHelpText('after', '\nEvery command has --help with examples, and --json for programs.');
  const one = Object.hasOwn(commands, named) ? commands[named] : undefined;
  const loading = one === undefined ? Object.values(commands).map((load) => load()) : [one()];
  for (const command of await Promise.all(loading)) program.addCommand(command);
  return program;
}
