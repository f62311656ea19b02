import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fault } from '../core/index.ts';

/** Where what belongs to the user of this machine is kept: `$XDG_STATE_HOME/holdfast`, or `~/.local/state/holdfast`. */
export function stateFile(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const base = environment['XDG_STATE_HOME'];
  const folder = base === undefined || base === '' ? join(homedir(), '.local', 'state') : base;
  return join(folder, 'holdfast', name);
}

/** What a file holds as JSON; undefined where there is none. Throws `validation` for one that is damaged. */
export async function readState(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw fault('validation', {
      field: '--state',
      detail: `${file} cannot be read. Correct it, take it away, or give another with --state.`,
      cause,
    });
  }
}

/** Written beside and moved into place, so that no half of it is ever read. For its owner alone. */
export async function writeState(file: string, value: unknown): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(beside, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    await rename(beside, file);
  } catch (cause) {
    throw fault('validation', {
      field: '--state',
      detail: `${file} cannot be written. Give another with --state.`,
      cause,
    });
  }
}
