import type { Command } from 'commander';
import { fault, HoldfastError, systemClock, systemRandom, type Settings } from '../core/index.ts';
import type { KeyRotation, KeyRotationStep } from '../app/index.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { createProgress, silentProgress, type Progress } from './progress.ts';
import { settingsFrom } from './serve.command.ts';
import { counted, formatCount } from './table.ts';

type Flags = { readonly data?: string; readonly json?: true };

const NOTE = `The service must be stopped. Where this ends early, run it again: it goes on, and until then the service
starts with both keys.

With the key in the environment, give the new one in HOLDFAST_ENCRYPTION_KEY and the old one in
HOLDFAST_PREVIOUS_ENCRYPTION_KEY, run this, and start the service with the new one alone. The same way a key moves
from its file to the environment (the file is the old key then), or from the environment to a file (give the old key
only).

Endpoints keep their secrets: receivers notice nothing. Portal tokens hang on the key and end. If somebody else may
know the old key, they may know the secrets that it sealed: rotate those too.`;

export function keyRotateCommand(): Command {
  return newCommand(
    'rotate',
    'seal all secrets and headers anew with a new key',
    [
      'holdfast key rotate                   the ledger in ./data',
      'holdfast key rotate --data /var/lib/holdfast --json',
      'HOLDFAST_ENCRYPTION_KEY=new HOLDFAST_PREVIOUS_ENCRYPTION_KEY=old holdfast key rotate',
    ],
    NOTE,
  )
    .option('--data <folder>', 'folder of the ledger (default ./data)')
    .action(async (flags: Flags) => rotate(flags));
}

async function rotate(flags: Flags): Promise<void> {
  const settings = settingsFrom(flags);
  // Loaded only here: the other commands need no database.
  const { hasSqliteLedger, ledgerPath } = await import('../ledger/index.ts');
  if (!hasSqliteLedger(settings.dataDir)) {
    throw fault('ledger_not_openable', {
      field: '--data',
      detail: `There is no ledger at ${ledgerPath(settings.dataDir)}. Give the folder of one with --data.`,
    });
  }
  const isQuiet = flags.json === true && !process.stderr.isTTY;
  const progress = isQuiet ? silentProgress : createProgress(process.stderr, systemClock);
  try {
    const rotation = await rotateIn(settings, progress);
    progress.end();
    printResult(flags, { dataDir: settings.dataDir, ...rotation }, describe);
  } finally {
    progress.end();
  }
}

async function rotateIn(settings: Settings, progress: Progress): Promise<KeyRotation> {
  const { rotateKey } = await import('../app/index.ts');
  try {
    return await rotateKey({
      settings,
      random: systemRandom,
      onProgress: (step, endpoints) =>
        progress.show(`${stepNames[step]} ${formatCount(endpoints)}`),
    });
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError) || thrown.code !== 'ledger_in_use') throw thrown;
    throw fault('ledger_in_use', {
      cause: thrown,
      field: '--data',
      detail: `A service runs on ${settings.dataDir} and holds the key in memory. Stop it, rotate, and start it again.`,
    });
  }
}

const stepNames = {
  sealing: 'sealed anew: endpoints',
  proving: 'opened with the new key alone: endpoints',
} as const satisfies Record<KeyRotationStep, string>;

function describe({ endpoints, resealed, keyId, keyPlace, previousKeyFile }: KeyRotation): string {
  const done = `Sealed ${formatCount(resealed)} of ${counted(endpoints, 'endpoint')} anew; all of them open with the key ${keyId} in ${keyPlace} alone.`;
  const old =
    previousKeyFile === null
      ? 'The old key opens nothing any more: take HOLDFAST_PREVIOUS_ENCRYPTION_KEY away. Keep it elsewhere for as long as you keep backups made before.'
      : `The old key is in ${previousKeyFile}, for backups made before; delete it when none of them is left.`;
  return `${done}\n${old}\nPortal tokens given out before have ended.`;
}
