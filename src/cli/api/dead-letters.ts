import {
  readAct,
  readDeadLetter,
  readText,
  type ActAnswer,
  type DeadLetterAnswer,
} from '../answers.ts';
import {
  readCorrection,
  readCorrectionPreview,
  type CorrectionAnswer,
  type CorrectionPreviewAnswer,
} from '../correction-answers.ts';
import { apiPath } from '../client.ts';
import type { Calls } from './calls.ts';

/** Which dead letters: all parts that are given must hold. Moments are ISO 8601, of the message's acceptance. */
export type DeadLetterFilter = {
  readonly endpoint?: string | undefined;
  readonly reason?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
};

/** Dead letters, and the acts that send, cancel or correct them. */
export function deadLettersApi({ client, post, list }: Calls) {
  return {
    /** The newest messages first. */
    deadLetters(
      app: string,
      filter: DeadLetterFilter,
      limit: number,
    ): Promise<readonly DeadLetterAnswer[]> {
      const { endpoint, reason, since, until } = filter;
      const query = { endpoint_id: endpoint, reason, since, until };
      return list(apiPath`/api/v1/app/${app}/dead-letter`, query, limit, readDeadLetter);
    },

    /** Resolves to the act's id. */
    async replay(app: string, message: string, endpoint: string): Promise<string> {
      const path = apiPath`/api/v1/app/${app}/msg/${message}/endpoint/${endpoint}/resend`;
      return readText(await client.post(path), 'act');
    },

    async cancel(app: string, message: string, endpoint: string, why: string): Promise<ActAnswer> {
      const path = apiPath`/api/v1/app/${app}/msg/${message}/endpoint/${endpoint}/cancel`;
      return readAct(await post(path, { reason: why }));
    },

    async cancelMany(app: string, filter: DeadLetterFilter, why: string): Promise<ActAnswer> {
      const path = apiPath`/api/v1/app/${app}/dead-letter/cancel`;
      return readAct(await post(path, { ...bodyOf(filter), reason: why }));
    },

    async redrive(
      app: string,
      filter: DeadLetterFilter,
      options: { readonly why?: string | undefined; readonly perSecond?: number | undefined },
    ): Promise<ActAnswer> {
      const body = { ...bodyOf(filter), reason: options.why, perSecond: options.perSecond };
      return readAct(await post(apiPath`/api/v1/app/${app}/redrive`, body));
    },

    /** @param json the body, whose numbers go out as they were typed. */
    async correct(app: string, json: string): Promise<CorrectionAnswer> {
      return readCorrection(await client.post(apiPath`/api/v1/app/${app}/correction`, { json }));
    },

    async previewCorrection(app: string, json: string): Promise<CorrectionPreviewAnswer> {
      const path = apiPath`/api/v1/app/${app}/correction`;
      return readCorrectionPreview(await client.post(path, { json }));
    },

    async correction(app: string, id: string): Promise<CorrectionAnswer> {
      return readCorrection(await client.get(apiPath`/api/v1/app/${app}/correction/${id}`));
    },

    async act(app: string, id: string): Promise<ActAnswer> {
      return readAct(await client.get(apiPath`/api/v1/app/${app}/act/${id}`));
    },
  };
}

function bodyOf({ endpoint, reason, since, until }: DeadLetterFilter): object {
  return { endpointId: endpoint, deadReason: reason, since, until };
}
