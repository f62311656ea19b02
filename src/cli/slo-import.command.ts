import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import { fault, HoldfastError } from '../core/index.ts';
import type { Api } from './api/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { newCommand } from './new-command.ts';
import type { ObjectiveAnswer } from './objective-answers.ts';
import { printResult } from './output.ts';
import { counted, formatTable } from './table.ts';

type Flags = ClientFlags & { readonly dryRun?: true; readonly json?: true };
type Imported = {
  readonly name: string;
  readonly result: 'created' | 'updated' | 'unchanged';
  /** Fields that differed. */
  readonly fields: readonly string[];
};

const LONGEST_BYTES = 1_048_576;
export function sloImportCommand(): Command {
  return withClient(
    newCommand(
      'import',
      'objectives from files: ours or OpenSLO v1; doing it again changes nothing',
      ['holdfast slo import objectives.yaml --dry-run', 'holdfast slo import slos/*.yaml'],
      'All files are read and all objectives checked before the first is written. Objectives that no file names stay.',
    ),
  )
    .argument('<files...>', 'YAML files')
    .option('--dry-run', 'tell what would change, and change nothing')
    .action(async (files: readonly string[], flags: Flags) => {
      const api = apiFrom(flags);
      // What only this needs is not loaded for every other command.
      const { readObjectives } = await import('./slo-files.ts');
      const objectives = files.flatMap((file) => readObjectives(readFile(file)));
      const wanted: ObjectiveAnswer[] = [];
      for (const objective of objectives) wanted.push(await api.previewObjective(objective));
      const imported: Imported[] = [];
      for (const objective of wanted) {
        imported.push(await importOne(api, objective, flags.dryRun === true));
      }
      printResult(flags, imported, (shown) => describe(shown, flags.dryRun === true));
    });
}

async function importOne(api: Api, wanted: ObjectiveAnswer, isDry: boolean): Promise<Imported> {
  const { name, ...body } = wanted;
  const known = await api.objective(name).catch(noneIfMissing);
  const fields = known === null ? [] : differing(known, wanted);
  const result = known === null ? 'created' : fields.length === 0 ? 'unchanged' : 'updated';
  if (!isDry && result !== 'unchanged') await api.putObjective(name, body);
  return { name, result, fields };
}

function differing(known: ObjectiveAnswer, wanted: ObjectiveAnswer): readonly string[] {
  const after = new Map<string, unknown>(Object.entries(wanted));
  return Object.entries(known)
    .filter(([field, before]) => !isDeepStrictEqual(before, after.get(field)))
    .map(([field]) => field);
}

function readFile(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw fault('validation', { field: file, detail: `The file ${file} cannot be read.`, cause });
  }
  if (text.length <= LONGEST_BYTES) return text;
  throw fault('validation', { field: file, detail: `The file ${file} is longer than a mebibyte.` });
}

function noneIfMissing(thrown: unknown): null {
  if (thrown instanceof HoldfastError && thrown.code === 'not_found') return null;
  throw thrown;
}

function describe(imported: readonly Imported[], isDry: boolean): string {
  if (imported.length === 0) return 'The files hold no objectives.';
  const table = formatTable(
    [
      { title: 'OBJECTIVE', value: ({ name }: Imported) => name },
      { title: 'RESULT', value: ({ result }) => result },
      { title: 'FIELDS', value: ({ fields }) => fields.join(', ') },
    ],
    imported,
  );
  const note = isDry ? ' Nothing was changed: this was a dry run.' : '';
  return `${table}\n\n${counted(imported.length, 'objective')}.${note}`;
}
