import { createHash } from 'node:crypto';
import { fault } from '../core/index.ts';
import type { ApiParts } from './parts.ts';
import type { Answer } from './route.ts';

/** As long as Svix keeps them. */
const KEPT_MS = 12 * 3_600_000;
const LARGEST_ANSWER = 65_536;

export type Repeatable = {
  readonly key: string;
  /** What must be equal for a repetition. */
  readonly content: string;
};

/**
 * Answers a repeated request with its first answer. Only answers of 2xx are kept: what failed may be tried again.
 * Requests with the same key that arrive together run one after the other. Throws `idempotency_conflict`.
 *
 * The answer is kept after the action, in a commit of its own: a crash just between leaves the action done and the
 * key unknown. Messages do not come this way; their key is stored in the commit that accepts.
 */
export function createIdempotency({ ledger, clock }: Pick<ApiParts, 'ledger' | 'clock'>) {
  const underWay = new Map<string, Promise<unknown>>();

  async function answer(request: Repeatable, run: () => Promise<Answer>): Promise<Answer> {
    const contentHash = createHash('sha256').update(request.content).digest('base64');
    const first = await ledger.remembered({ key: request.key, now: clock.now() });
    if (first !== null) {
      if (first.contentHash !== contentHash) {
        throw fault('idempotency_conflict', { field: 'idempotency-key' });
      }
      return { status: Number(first.answer.slice(0, 3)), json: first.answer.slice(3) };
    }
    const given = await run();
    const json = 'json' in given ? given.json : 'value' in given ? JSON.stringify(given.value) : '';
    if (given.status < 300 && json.length <= LARGEST_ANSWER) {
      const expiresAt = clock.now() + KEPT_MS;
      await ledger.remember({
        key: request.key,
        contentHash,
        answer: `${given.status}${json}`,
        expiresAt,
      });
    }
    return given;
  }

  return async (request: Repeatable, run: () => Promise<Answer>): Promise<Answer> => {
    const before = underWay.get(request.key) ?? Promise.resolve();
    const mine = before.then(
      () => answer(request, run),
      () => answer(request, run),
    );
    underWay.set(request.key, mine);
    try {
      return await mine;
    } finally {
      if (underWay.get(request.key) === mine) underWay.delete(request.key);
    }
  };
}
