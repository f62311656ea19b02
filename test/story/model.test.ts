import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { HoldfastError } from '../../src/core/index.ts';
import { askModel, suggestDraft, suggestQuestions, tell } from '../../src/story/index.ts';
import { FULL } from './facts-scene.ts';

type Asked = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
};
type Answer = (asked: Asked, response: ServerResponse) => void;

/** A server that speaks the format of OpenAI's chat completions. */
async function modelServer(context: TestContext, answer: Answer) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const one = { path: request.url ?? '', authorization: request.headers.authorization, body };
      asked.push(one);
      answer(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}/v1` };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

const says =
  (content: unknown): Answer =>
  (_asked, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content } }],
      }),
    );
  };

const fails = (pattern: RegExp) => (thrown: unknown) =>
  thrown instanceof HoldfastError && thrown.code === 'model_failed' && pattern.test(thrown.message);

test('a draft is asked for in the format, marked, not scored, and its strange numbers are named', async (t) => {
  const text = 'At T+9 I rolled back. 2.1 % failed, about 9,999 requests.';
  const { asked, url } = await modelServer(t, says(text));
  const narrative = tell('star', FULL);
  const draft = await suggestDraft({ url, key: 'k1', model: 'small' }, narrative, FULL);
  assert.equal(draft.source, 'model');
  assert.equal(draft.isScored, false);
  assert.equal(draft.model, 'small');
  assert.equal(draft.text, text);
  assert.deepEqual(
    draft.unlinked.map((one) => one.text),
    ['9,999'],
  );
  const [request] = asked;
  assert.equal(request?.path, '/v1/chat/completions');
  assert.equal(request.authorization, 'Bearer k1');
  const body = JSON.parse(request.body);
  assert.equal(body.model, 'small');
  const messages: readonly { role: string; content: string }[] = body.messages;
  assert.deepEqual(
    messages.map(({ role }) => role),
    ['system', 'user'],
  );
  assert.ok(messages[1]?.content.includes('- impact.share: 2.1 %'));
});

test('follow-up questions are suggestions too, and without a key none is sent', async (t) => {
  const { asked, url } = await modelServer(t, says('Why you?\r\nHow\u001b[31m sure?'));
  const settings = { url: `${url}/`, key: '', model: '' };
  const suggestion = await suggestQuestions(settings, 'I rolled back.', 'ownership');
  assert.equal(suggestion.text, 'Why you?\nHow [31m sure?');
  assert.equal(suggestion.isScored, false);
  assert.equal(asked[0]?.authorization, undefined);
});

test('a model that hangs, fails, floods or talks otherwise is an error that says what to do', async (t) => {
  const ask = async (answer: Answer, timeoutMs = 5000): Promise<unknown> => {
    const { url } = await modelServer(t, answer);
    return askModel({ url, key: '', model: 'm', timeoutMs }, 's', 'u');
  };
  await assert.rejects(
    ask(() => {}, 50),
    fails(/within 50 ms/),
  );
  await assert.rejects(
    ask((_asked, response) => void response.writeHead(200).write('{'), 80),
    fails(/within 80 ms/),
  );
  await assert.rejects(
    ask((_asked, response) => response.writeHead(500).end('{}')),
    fails(/answered 500/),
  );
  await assert.rejects(
    ask((_asked, response) => response.end('x'.repeat(300_000))),
    fails(/more than/),
  );
  await assert.rejects(
    ask((_asked, response) => response.end('no json')),
    fails(/no JSON/),
  );
  await assert.rejects(
    ask((_asked, response) => response.end('{"choices":[]}')),
    fails(/without choices/),
  );
  await assert.rejects(ask(says(42)), fails(/without choices/));
  await assert.rejects(
    askModel({ url: 'http://127.0.0.1:1/v1', key: '', model: 'm' }, 's', 'u'),
    fails(/cannot be reached/),
  );
});

test('an answer is cut to its bound, and what is sent too', async (t) => {
  const { asked, url } = await modelServer(t, says('word '.repeat(4000)));
  const { text } = await askModel({ url, key: '', model: 'm' }, 's', 'u'.repeat(1_000_000));
  assert.ok(text.length <= 8000);
  assert.ok((asked[0]?.body.length ?? 0) < 50_000);
});
