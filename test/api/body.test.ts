import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { parseBody, readBytes } from '../../src/api/body.ts';

const LIMIT = 8;

type Read = { readonly error: Error | null; readonly text: string };

/** Pieces of a body as they come, and how often and with what the reading ended. */
async function read(
  pieces: readonly Uint8Array[],
  headers: IncomingMessage['headers'] = {},
): Promise<readonly Read[]> {
  const stream = new IncomingMessage(new Socket());
  Object.assign(stream.headers, headers);
  const ends: Read[] = [];
  readBytes(stream, LIMIT, (error, bytes) => ends.push({ error, text: bytes.toString('utf8') }));
  for (const piece of pieces) {
    stream.push(piece);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  stream.push(null);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return ends;
}

const codeOf = ({ error }: Read): unknown =>
  error !== null && 'code' in error ? error.code : undefined;

test('a body arrives whole, however it is cut, also within a character', async () => {
  const bytes = Buffer.from('{"é":1}');
  assert.equal(bytes.length, LIMIT);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)].filter(({ length }) => length > 0);
    assert.deepEqual(await read(pieces), [{ error: null, text: '{"é":1}' }]);
  }
});

test('a body of as many bytes as are allowed passes, one more is too large, and said so once', async () => {
  const [whole] = await read([Buffer.alloc(LIMIT, 'a')]);
  assert.deepEqual(whole, { error: null, text: 'a'.repeat(LIMIT) });
  const ends = await read([Buffer.alloc(LIMIT, 'a'), Buffer.from('a'), Buffer.from('a')]);
  assert.deepEqual(ends.map(codeOf), ['payload_too_large']);
});

test('a body that says that it is too large is refused before it comes', async () => {
  const ends = await read([], { 'content-length': String(LIMIT + 1) });
  assert.deepEqual(ends.map(codeOf), ['payload_too_large']);
});

test('nothing sent is no body, and bytes that are not UTF-8 are no JSON', () => {
  assert.equal(parseBody(Buffer.alloc(0)), undefined);
  assert.throws(() => parseBody(Buffer.from([0x22, 0xff, 0x22])), { code: 'malformed_json' });
  assert.throws(() => parseBody(Buffer.from('{')), { code: 'malformed_json' });
  assert.deepEqual(parseBody(Buffer.from('{"a":1.0}')), { value: { a: 1 }, text: '{"a":1.0}' });
});
