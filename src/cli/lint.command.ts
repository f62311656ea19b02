import { Option, type Command } from 'commander';
import { fault, HoldfastError } from '../core/index.ts';
import type { LintOptions, Section } from '../review/blameless/index.ts';
import { describeLint, formatUnix, type LintedText } from './describe-lint.ts';
import { printError } from './failure.ts';
import { newCommand } from './new-command.ts';
import { readText } from './read-text.ts';

type Flags = {
  readonly json?: true;
  readonly sarif?: true;
  readonly format?: 'human' | 'unix';
  readonly section?: string;
  readonly text?: true;
};

/** More than the linter takes, however it is encoded: it names the rest as unread, so the rest need not be held. */
const MOST_BYTES = 16 * 1024 * 1024;

const NOTE = `Blocks in causes, prevention, lessons and action items; warns in timelines and quotations.
Sections are told by their headings. Ends with 0 if nothing blocks, 1 if something does or a
part was not read, 2 if it was called wrongly or a file cannot be read.`;

export function lintCommand(): Command {
  return (
    newCommand(
      'lint',
      'find blaming language in postmortems',
      [
        'holdfast lint docs/postmortems/*.md',
        'holdfast lint - < draft.md               from standard input',
        'holdfast lint --section causes notes.md  a text without headings',
        'holdfast lint --format unix draft.md     file:line:column: for editors',
        'holdfast lint --sarif *.md > lint.sarif  for code hosts and editors',
        'holdfast lint --json draft.md | jq .files[].findings[].phrase',
      ],
      NOTE,
    )
      // As an argument it would widen the list of commands until descriptions wrap.
      .usage('[options] <file...>')
      .allowExcessArguments()
      .addOption(new Option('--sarif', 'SARIF 2.1.0').conflicts(['json', 'format']))
      .addOption(
        new Option('--format <format>', 'human, or unix for one line a finding')
          .choices(['human', 'unix'])
          .conflicts(['json', 'sarif']),
      )
      .option('--section <section>', 'section of what stands under no known heading')
      .option('--text', 'plain text instead of Markdown')
      .action(async (flags: Flags, { args }: Command) => {
        try {
          await lintFiles(args, flags);
        } catch (thrown) {
          if (!(thrown instanceof HoldfastError)) throw thrown;
          printError(thrown, flags.json === true);
          process.exitCode = WRONG_CALL;
        }
      })
      .exitOverride((error) => {
        throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : WRONG_CALL });
      })
  );
}

const WRONG_CALL = 2;

async function lintFiles(files: readonly string[], flags: Flags): Promise<void> {
  if (files.length === 0) {
    throw fault('validation', {
      field: '<file>',
      detail: 'Name the Markdown files to read, or - for standard input.',
    });
  }
  // Loaded only here, since the other commands read no prose; and by its own door, since it needs no other part of the house.
  const { isSection, lint, sections, toSarif } = await import('../review/blameless/index.ts');
  const { section } = flags;
  const options: LintOptions = {
    format: flags.text === true ? 'text' : 'markdown',
    ...(section === undefined ? {} : { section: sectionFrom(section, sections, isSection) }),
  };
  const linted: LintedText[] = [];
  for (const file of files) {
    const text = await readText(file, MOST_BYTES);
    const name = file === '-' ? '<stdin>' : file;
    linted.push({ file: name, text, report: lint(text, options) });
  }
  const results = linted.map(({ file, report }) => ({ file, ...report }));
  const isBlocked = results.some((report) => report.isBlocked);
  if (flags.json === true) console.log(JSON.stringify({ isBlocked, files: results }));
  else if (flags.sarif === true) console.log(JSON.stringify(toSarif(linted)));
  else if (flags.format === 'unix') process.stdout.write(formatUnix(linted));
  else console.log(describeLint(linted));
  process.exitCode = isBlocked ? 1 : 0;
}

function sectionFrom(
  name: string,
  sections: readonly Section[],
  isSection: (name: string) => name is Section,
): Section {
  if (isSection(name)) return name;
  throw fault('validation', {
    field: '--section',
    detail: `There is no section "${name}". Give one of ${sections.join(', ')}.`,
  });
}
