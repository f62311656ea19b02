import { open } from 'node:fs/promises';
import { fault } from '../core/index.ts';

/** The first bytes of a file, or of standard input for `-`. Throws `validation` for a file that cannot be read. */
export async function readText(file: string, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const stream: AsyncIterable<Buffer> =
      file === '-' ? process.stdin : (await open(file)).createReadStream();
    for await (const chunk of stream) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > mostBytes) break;
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('validation', {
      field: '<file>',
      detail: `${file} cannot be read: ${reason}.`,
      cause,
    });
  }
  return Buffer.concat(chunks).toString('utf8');
}
