import { writeFileSync } from 'node:fs';
import { fault } from '../core/index.ts';

/** A document to a file, or to standard output where none is named. Throws `validation` where it cannot be written. */
export function writeResult(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('validation', {
      field: '--out',
      detail: `${file} cannot be written: ${reason}.`,
      cause,
    });
  }
  console.log(`Written to ${file}.`);
}
