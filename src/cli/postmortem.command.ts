import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import type { Api, Whole } from './api/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import {
  describePostmortem,
  describeStanding,
  factTable,
  versionTable,
} from './describe-review.ts';
import { findIncidentId } from './find-incident.ts';
import { newCommand, newGroup } from './new-command.ts';
import { printResult } from './output.ts';
import type { PostmortemAnswer } from './review-answers.ts';
import { wholeNumber } from './values.ts';
import { writeResult } from './write-result.ts';

type Flags = ClientFlags & { readonly json?: true };

const NOTE = 'An incident goes by its id, by the end or the beginning of it, or as "latest".';
const FORMATS = ['markdown', 'html', 'json'] as const;

export function postmortemCommand(): Command {
  return newGroup(
    'postmortem',
    'a review: text with live facts, checked, published',
    [
      'holdfast postmortem show                       # of the newest open incident',
      'holdfast postmortem edit 4xKq                  # in your editor',
      'holdfast postmortem edit 4xKq --file draft.md',
      'holdfast postmortem comment 4xKq "Since when?" --quote "3 of 10 failed"',
      'holdfast postmortem export 4xKq --format html --out postmortem.html',
    ],
    [
      showCommand(),
      draftCommand(),
      editCommand(),
      moveCommand('submit', 'hand it in for its review'),
      returnCommand(),
      moveCommand('publish', 'publish what was reviewed: its numbers are frozen'),
      commentCommand(),
      resolveCommand(),
      versionsCommand(),
      factsCommand(),
      exportCommand(),
    ],
  );
}

function ofIncident(name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `holdfast postmortem ${name} ${example}`.trimEnd());
  return withClient(newCommand(name, summary, lines, NOTE)).argument('<incident>', 'its id');
}

async function moveAndPrint(
  flags: Flags,
  incident: string,
  move: (api: Api, id: string) => Promise<Whole<PostmortemAnswer>>,
): Promise<void> {
  const api = apiFrom(flags);
  const { answer, json } = await move(api, await findIncidentId(api, incident));
  printResult(flags, json, () => describeStanding(answer, systemClock.now()));
}

function showCommand(): Command {
  const lines = ['holdfast postmortem show', 'holdfast postmortem show 4xKq'];
  return withClient(newCommand('show', 'its text, and what it lacks', lines, NOTE))
    .argument('[incident]', 'its id (default: the newest that is open)', 'latest')
    .action(async (incident: string, flags: Flags) => {
      const api = apiFrom(flags);
      const { answer, json } = await api.postmortem(await findIncidentId(api, incident));
      printResult(flags, json, () => describePostmortem(answer, systemClock.now()));
    });
}

function draftCommand(): Command {
  return ofIncident('draft', 'draft it now, before the impact is over', ['4xKq'])
    .addOption(
      new Option('--template <name>', 'by its severity, unless given').choices(['full', 'short']),
    )
    .action((incident: string, flags: Flags & { readonly template?: string }) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.draftPostmortem(id, { template: flags.template }),
      ),
    );
}

type EditFlags = Flags & { readonly file?: string; readonly note?: string };

function editCommand(): Command {
  return ofIncident('edit', 'write a new version of its text', [
    '4xKq',
    '4xKq --file draft.md --note "causes"',
    '4xKq --file -',
  ])
    .option('--file <file>', 'its text, - for standard input; else your editor is opened')
    .option('--note <text>', 'what is new in it')
    .action((incident: string, { file, note, ...flags }: EditFlags) =>
      moveAndPrint(flags, incident, async (api, id) => {
        if (file !== undefined) return api.editPostmortem(id, { markdown: read(file), note });
        const { answer, json } = await api.postmortem(id);
        const markdown = inEditor(answer.markdown);
        if (markdown === answer.markdown) return { answer, json };
        // What somebody else wrote meanwhile is not written over.
        return api.editPostmortem(id, { markdown, note, basedOn: answer.version });
      }),
    );
}

function returnCommand(): Command {
  return ofIncident('return', 'make it a draft again, and say why', ['4xKq "Causes are missing."'])
    .argument('<reason>', 'why')
    .action((incident: string, reason: string, flags: Flags) =>
      moveAndPrint(flags, incident, (api, id) => api.movePostmortem(id, 'return', { reason })),
    );
}

function moveCommand(name: 'submit' | 'publish', summary: string): Command {
  return ofIncident(name, summary, ['4xKq']).action((incident: string, flags: Flags) =>
    moveAndPrint(flags, incident, (api, id) => api.movePostmortem(id, name, {})),
  );
}

function commentCommand(): Command {
  return ofIncident('comment', 'comment on words of its text, or on all of it', [
    '4xKq "Good."',
    '4xKq "Since when?" --quote "3 of 10 failed"',
  ])
    .argument('<text>', 'the comment')
    .option('--quote <words>', 'words of the text, as they are shown')
    .action((incident: string, text: string, flags: Flags & { readonly quote?: string }) =>
      moveAndPrint(flags, incident, (api, id) =>
        api.movePostmortem(id, 'comment', { text, quote: flags.quote }),
      ),
    );
}

function resolveCommand(): Command {
  return ofIncident('resolve', 'resolve a comment', ['4xKq 1'])
    .argument('<comment>', 'its number')
    .action((incident: string, comment: string, flags: Flags) =>
      moveAndPrint(flags, incident, (api, id) => api.resolveComment(id, comment)),
    );
}

function versionsCommand(): Command {
  return ofIncident('versions', 'every version of its text, the newest first', ['4xKq'])
    .option('--limit <n>', 'at most so many', wholeNumber('--limit', 1, 1000), 50)
    .action(async (incident: string, flags: Flags & { readonly limit: number }) => {
      const api = apiFrom(flags);
      const versions = await api.versions(await findIncidentId(api, incident), flags.limit);
      printResult(flags, versions, (shown) => versionTable(shown, systemClock.now()));
    });
}

function factsCommand(): Command {
  return ofIncident('facts', 'what its text may refer to, as {{fact:NAME}}', ['4xKq']).action(
    async (incident: string, flags: Flags) => {
      const api = apiFrom(flags);
      const facts = await api.facts(await findIncidentId(api, incident));
      printResult(flags, facts, factTable);
    },
  );
}

type ExportFlags = Flags & {
  readonly format: string;
  readonly version?: number;
  readonly out?: string;
};

function exportCommand(): Command {
  return ofIncident('export', 'as a document that stands alone', [
    '4xKq > postmortem.md',
    '4xKq --format html --out postmortem.html   # print it, or save it as PDF, in a browser',
    '4xKq --format json --version 2',
  ])
    .addOption(
      new Option('--format <format>', 'markdown, html or json')
        .choices([...FORMATS])
        .default('markdown'),
    )
    .option('--version <n>', 'default: the present one', wholeNumber('--version', 1, 1000))
    .option('--out <file>', 'a file instead of standard output')
    .action(async (incident: string, { format, version, out, ...flags }: ExportFlags) => {
      const api = apiFrom(flags);
      const id = await findIncidentId(api, incident);
      const exported = await api.exportPostmortem(
        id,
        flags.json === true ? 'json' : format,
        version,
      );
      writeResult(exported.text, out);
    });
}

/** Throws `validation` for a file that cannot be read. */
function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('validation', {
      field: '--file',
      detail: `${file} cannot be read: ${reason}.`,
      cause,
    });
  }
}

/** The text after somebody edited it. Throws `validation` where no editor is set, or it failed. */
function inEditor(markdown: string): string {
  const editor = process.env['VISUAL'] ?? process.env['EDITOR'] ?? '';
  if (editor === '') {
    throw fault('validation', {
      field: '--file',
      detail: 'Name a file with --file, or your editor in the environment as EDITOR.',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-edit-'));
  try {
    const file = join(folder, 'postmortem.md');
    writeFileSync(file, markdown, { mode: 0o600 });
    // An editor may come with arguments of its own: `code --wait`.
    const [program = '', ...given] = editor.split(' ').filter((part) => part !== '');
    const { status, error } = spawnSync(program, [...given, file], { stdio: 'inherit' });
    if (status !== 0) {
      throw fault('validation', {
        field: 'EDITOR',
        detail: `The editor "${program}" failed: ${error?.message ?? `it ended with ${status}`}. Nothing was written.`,
      });
    }
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
