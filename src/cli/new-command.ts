import { Command } from 'commander';

/**
 * A command as all of ours are: --json, examples in its help, and mistakes thrown to main.ts, which prints every error
 * the same way.
 *
 * @param summary one line, as the list of commands shows it.
 * @param examples one a line, as they would be typed.
 * @param note what else the help says, below the examples.
 */
export function newCommand(
  name: string,
  summary: string,
  examples: readonly string[],
  note = '',
): Command {
  return bareCommand(name, summary, examples, note).option(
    '--json',
    'JSON for programs instead of text for people',
  );
}

/** A command that only holds others. It has no --json: commander would take theirs for its own. */
export function newGroup(
  name: string,
  summary: string,
  examples: readonly string[],
  commands: readonly Command[],
): Command {
  const group = bareCommand(name, summary, examples, '');
  for (const command of commands) group.addCommand(command);
  return group;
}

function bareCommand(
  name: string,
  summary: string,
  examples: readonly string[],
  note: string,
): Command {
  const lines = ['', 'Examples:', ...examples.map((example) => `  ${example}`)];
  if (note !== '') lines.push('', note);
  return new Command(name)
    .description(summary)
    .exitOverride()
    .configureOutput({ outputError() {} })
    .addHelpText('after', lines.join('\n'));
}
