import { Agent, request } from 'undici';
import type { SendResult } from './notification.ts';

/** Of an answer, what is read and shown. */
const MOST_SAID = 2000;

export type HttpSender = {
  post(
    url: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<SendResult>;
  close(): Promise<void>;
};

/** Answers of 2xx are sent; 408, 425, 429 and 5xx are worth another try, all others would come again. */
export function createHttpSender(): HttpSender {
  const dispatcher = new Agent({
    keepAliveTimeout: 1000,
    connections: 4,
    maxResponseSize: 1_000_000,
  });
  return {
    async post(url, body, headers, signal) {
      try {
        const { statusCode, body: answer } = await request(url, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', 'user-agent': 'Holdfast', ...headers },
          signal,
          dispatcher,
        });
        const said = `${statusCode} ${(await answer.text()).slice(0, MOST_SAID)}`.trim();
        if (statusCode >= 200 && statusCode < 300) return { isSent: true, said };
        const isPassing = [408, 425, 429].includes(statusCode) || statusCode >= 500;
        return { isSent: false, isFinal: !isPassing, said };
      } catch (thrown) {
        return { isSent: false, isFinal: false, said: wordsOf(thrown, signal) };
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Never the URL: Slack's is a secret. */
export function wordsOf(thrown: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'No answer came in time.';
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return wordsOf(thrown.errors[0], signal);
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return `${code} ${message}`.trim().slice(0, MOST_SAID);
}
