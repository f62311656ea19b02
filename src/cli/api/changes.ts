import { readCanary, type CanaryAnswer } from '../canary-answers.ts';
import { readChange, readRevert, type ChangeAnswer, type RevertAnswer } from '../change-answers.ts';
import { apiPath, type Query } from '../client.ts';
import { readContractCheck, type ContractCheckAnswer } from '../contract-answers.ts';
import {
  readForecast,
  readPolicy,
  type ForecastAnswer,
  type PolicyAnswer,
} from '../policy-answers.ts';
import type { Calls } from './calls.ts';

/** Changes, canaries, contracts and policies. */
export function changesApi({ client, post, list }: Calls) {
  return {
    /** The newest first. */
    changes(filter: Query, limit: number): Promise<readonly ChangeAnswer[]> {
      return list(apiPath`/api/v1/change`, filter, limit, readChange);
    },

    async change(id: string): Promise<ChangeAnswer> {
      return readChange(await client.get(apiPath`/api/v1/change/${id}`));
    },

    async previewRevert(body: object): Promise<RevertAnswer> {
      return readRevert(await post(apiPath`/api/v1/change/revert/preview`, body));
    },

    async revert(body: object): Promise<RevertAnswer> {
      return readRevert(await post(apiPath`/api/v1/change/revert`, body));
    },

    async markDeploy(body: object): Promise<ChangeAnswer> {
      return readChange(await post(apiPath`/api/v1/change/deploy`, body));
    },

    async canary(app: string, endpoint: string): Promise<CanaryAnswer> {
      return readCanary(await client.get(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/canary`));
    },

    async startCanary(app: string, endpoint: string, body: object): Promise<CanaryAnswer> {
      return readCanary(await post(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/canary`, body));
    },

    async moveCanary(
      app: string,
      endpoint: string,
      move: 'pause' | 'resume' | 'promote' | 'stop',
      reason: string | undefined,
    ): Promise<CanaryAnswer> {
      const path = apiPath`/api/v1/app/${app}/endpoint/${endpoint}/canary/${move}`;
      return readCanary(await post(path, { reason }));
    },

    /** Compares a schema, given as JSON text, with the version in force, and stores nothing. */
    async checkContract(eventType: string, schema: string): Promise<ContractCheckAnswer> {
      const path = apiPath`/api/v1/event-type/${eventType}/contract/check`;
      return readContractCheck(await client.post(path, { json: `{"schema":${schema}}` }));
    },

    policies(limit: number): Promise<readonly PolicyAnswer[]> {
      return list(apiPath`/api/v1/policy`, {}, limit, readPolicy);
    },

    async policy(name: string): Promise<PolicyAnswer> {
      return readPolicy(await client.get(apiPath`/api/v1/policy/${name}`));
    },

    async putPolicy(name: string, policy: object): Promise<PolicyAnswer> {
      const json = JSON.stringify(policy);
      return readPolicy(await client.put(apiPath`/api/v1/policy/${name}`, { json }));
    },

    async deletePolicy(name: string): Promise<void> {
      await client.delete(apiPath`/api/v1/policy/${name}`);
    },

    async usePolicy(
      app: string,
      endpoint: string | undefined,
      policy: string | null,
    ): Promise<void> {
      const path =
        endpoint === undefined
          ? apiPath`/api/v1/app/${app}/policy`
          : apiPath`/api/v1/app/${app}/endpoint/${endpoint}/policy`;
      await client.put(path, { json: JSON.stringify({ policy }) });
    },

    async validatePolicy(body: object): Promise<ForecastAnswer> {
      return readForecast(await post(apiPath`/api/v1/policy/validate`, body));
    },
  };
}
