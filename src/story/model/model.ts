import { request } from 'undici';
import { fault } from '../../core/index.ts';

/** A language model behind an OpenAI-compatible URL. Off unless an URL is set. */
export type ModelSettings = {
  /** Address up to and with `/v1`; `/chat/completions` is put behind it. Empty: off. */
  readonly url: string;
  /** Sent as a bearer token; empty sends none. */
  readonly key: string;
  readonly model: string;
  /** All in all, from the first byte sent to the last one read. */
  readonly timeoutMs?: number;
};

/** Something that a model wrote. It is shown as such, and no score is given for it until a person has taken it over. */
export type Suggestion = {
  readonly source: 'model';
  readonly model: string;
  readonly text: string;
  readonly isScored: false;
};

const MODEL_TIMEOUT_MS = 30_000;
/** Of an answer; more is not read. */
const MOST_ANSWER_BYTES = 262_144;
/** Of what is taken from it. */
const MOST_SUGGESTION_CHARACTERS = 8000;
/** Of what is sent. */
const MOST_PROMPT_CHARACTERS = 48_000;
const MOST_TOKENS = 1200;

/**
 * Asks the model once. Throws `model_failed` for everything that is wrong with it: not reached, too slow, another status
 * than 200, too long an answer, or one that is not in the format.
 */
export async function askModel(
  settings: ModelSettings,
  system: string,
  user: string,
): Promise<Suggestion> {
  const { url, key, model, timeoutMs = MODEL_TIMEOUT_MS } = settings;
  const answer = await post(`${url.replace(/\/+$/, '')}/chat/completions`, key, timeoutMs, {
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user.slice(0, MOST_PROMPT_CHARACTERS).toWellFormed() },
    ],
    max_tokens: MOST_TOKENS,
    temperature: 0.2,
    stream: false,
  });
  const text = contentOf(answer);
  if (text === undefined) throw failed('answered without choices[0].message.content');
  return {
    source: 'model',
    model,
    text: printable(text).slice(0, MOST_SUGGESTION_CHARACTERS).toWellFormed().trim(),
    isScored: false,
  };
}

async function post(url: string, key: string, timeoutMs: number, body: object): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  const chunks: Buffer[] = [];
  try {
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      signal,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    let bytes = 0;
    const stream: AsyncIterable<Buffer> = response.body;
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > MOST_ANSWER_BYTES) throw failed(`answered more than ${MOST_ANSWER_BYTES} bytes`);
      chunks.push(chunk);
    }
    if (response.statusCode !== 200) throw failed(`answered ${response.statusCode}`);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'model_failed') throw thrown;
    if (signal.aborted) throw failed(`did not answer within ${timeoutMs} ms`, thrown);
    throw failed(
      `cannot be reached: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      thrown,
    );
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (thrown) {
    throw failed('answered no JSON', thrown);
  }
}

function contentOf(answer: unknown): string | undefined {
  const choices = member(answer, 'choices');
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const content = member(member(first, 'message'), 'content');
  return typeof content === 'string' && content.trim() !== '' ? content : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Nothing that a terminal would act on; line breaks stay. */
function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]|\p{Cf}/gu, ' ');
}

function failed(what: string, cause?: unknown): Error {
  return fault('model_failed', {
    field: 'HOLDFAST_LLM_URL',
    detail: `The language model ${what}. Correct HOLDFAST_LLM_URL, HOLDFAST_LLM_KEY and HOLDFAST_LLM_MODEL, or go without it.`,
    cause,
  });
}
