import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { fault } from '../core/index.ts';

/** A parsed body and the text it was parsed from. */
export type Body = { readonly value: unknown; readonly text: string };

/**
 * Reads a body to its end and calls `done` once: with its bytes, or with `payload_too_large`, or with
 * `malformed_request` where it breaks off. The limit is in bytes; nothing over it is kept.
 *
 * Fastify can collect bodies too, but it copies each once more and takes its listeners off again.
 */
export function readBytes(
  stream: IncomingMessage,
  limit: number,
  done: (error: Error | null, bytes: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let isDone = false;
  const end = (error: Error | null, bytes: Buffer = nothing): void => {
    if (isDone) return;
    isDone = true;
    done(error, bytes);
  };
  const tooLarge = (): void => end(fault('payload_too_large', { field: 'body' }));
  if (Number(stream.headers['content-length']) > limit) {
    tooLarge();
    return;
  }
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else {
      chunks.length = 0;
      tooLarge();
    }
  });
  stream.on('end', () => {
    const [first] = chunks;
    end(null, first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks));
  });
  stream.on('error', (cause) => end(fault('malformed_request', { field: 'body', cause })));
}

const nothing = Buffer.alloc(0);

/** Throws `malformed_json` where the bytes are not UTF-8. */
export function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw fault('malformed_json', { detail: 'The request body is not UTF-8.' });
}

/** Throws `malformed_json`. */
export function parseBody(bytes: Buffer): Body | undefined {
  // Scripts name a content type also where they send nothing. Routes that need a body say so themselves.
  if (bytes.length === 0) return undefined;
  const text = textOf(bytes);
  try {
    return { value: JSON.parse(text), text };
  } catch (cause) {
    throw fault('malformed_json', { field: 'body', cause });
  }
}
