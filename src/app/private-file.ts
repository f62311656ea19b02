import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The text of a file that only its owner reads; made where it is missing. */
export function readOrMake(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const text = make();
  writePrivateFile(path, text);
  return text;
}

/**
 * A file that only its owner reads, durable when this returns. A crash leaves it as it was before, or whole: a key of
 * which half was written would be a key that was lost.
 */
export function writePrivateFile(path: string, text: string): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // A draft that a crash left keeps the mode it had.
  chmodSync(draft, 0o600);
  renameDurably(draft, path);
}

/** The new name is there after a power cut too: a rename is durable once its folder is. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
