import {
  readAttempt,
  readDelivery,
  readMessage,
  readPage,
  readText,
  type AttemptAnswer,
  type DeliveryAnswer,
  type MessageAnswer,
} from '../answers.ts';
import { apiPath, type PostBody } from '../client.ts';
import type { Calls } from './calls.ts';

/** Applications, endpoints, messages and attempts. */
export function messagesApi({ client, post, list }: Calls) {
  return {
    async createApplication(uid: string, name: string): Promise<void> {
      await post(apiPath`/api/v1/app`, { uid, name });
    },

    /** Resolves to the endpoint's id. */
    async createEndpoint(app: string, uid: string, url: string): Promise<string> {
      return readText(await post(apiPath`/api/v1/app/${app}/endpoint`, { uid, url }), 'id');
    },

    async endpointSecret(app: string, endpoint: string): Promise<string> {
      return readText(
        await client.get(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/secret`),
        'key',
      );
    },

    async sendMessage(app: string, body: PostBody): Promise<MessageAnswer> {
      const { path } = apiPath`/api/v1/app/${app}/msg`;
      return readMessage(await client.post({ path: `${path}?with_content=false` }, body));
    },

    async message(app: string, message: string): Promise<MessageAnswer> {
      const path = apiPath`/api/v1/app/${app}/msg/${message}`;
      return readMessage(await client.get(path, { with_content: 'false' }));
    },

    async deliveriesOf(app: string, message: string): Promise<readonly DeliveryAnswer[]> {
      const answer = await client.get(apiPath`/api/v1/app/${app}/msg/${message}/delivery`);
      return readPage(answer, readDelivery).data;
    },

    /** The newest first. */
    attemptsOf(app: string, message: string, limit: number): Promise<readonly AttemptAnswer[]> {
      return list(apiPath`/api/v1/app/${app}/attempt/msg/${message}`, {}, limit, readAttempt);
    },

    /** The newest first. */
    attemptsTo(app: string, endpoint: string, limit: number): Promise<readonly AttemptAnswer[]> {
      return list(apiPath`/api/v1/app/${app}/attempt/endpoint/${endpoint}`, {}, limit, readAttempt);
    },
  };
}
