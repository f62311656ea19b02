import { fieldsOf, items } from '../answers.ts';
import { apiPath } from '../client.ts';
import {
  readAction,
  readExport,
  readFact,
  readPostmortem,
  readVersion,
  type ActionAnswer,
  type ExportAnswer,
  type FactAnswer,
  type PostmortemAnswer,
  type VersionAnswer,
} from '../review-answers.ts';
import { whole, type Calls, type Whole } from './calls.ts';

/** Postmortems, facts and action items. */
export function reviewsApi({ client, post, list }: Calls) {
  return {
    async postmortem(incident: string): Promise<Whole<PostmortemAnswer>> {
      return whole(
        await client.get(apiPath`/api/v1/incident/${incident}/postmortem`),
        readPostmortem,
      );
    },

    async draftPostmortem(incident: string, body: object): Promise<Whole<PostmortemAnswer>> {
      return whole(
        await post(apiPath`/api/v1/incident/${incident}/postmortem`, body),
        readPostmortem,
      );
    },

    async editPostmortem(incident: string, body: object): Promise<Whole<PostmortemAnswer>> {
      const path = apiPath`/api/v1/incident/${incident}/postmortem`;
      return whole(await client.put(path, { json: JSON.stringify(body) }), readPostmortem);
    },

    /** @param move the last part of the route's path, such as `submit`. */
    async movePostmortem(
      incident: string,
      move: string,
      body: object,
    ): Promise<Whole<PostmortemAnswer>> {
      const path = apiPath`/api/v1/incident/${incident}/postmortem/${move}`;
      return whole(await post(path, body), readPostmortem);
    },

    async resolveComment(incident: string, comment: string): Promise<Whole<PostmortemAnswer>> {
      const path = apiPath`/api/v1/incident/${incident}/postmortem/comment/${comment}/resolve`;
      return whole(await post(path, {}), readPostmortem);
    },

    /** The newest first. */
    versions(incident: string, limit: number): Promise<readonly VersionAnswer[]> {
      const path = apiPath`/api/v1/incident/${incident}/postmortem/version`;
      return list(path, {}, limit, readVersion);
    },

    async exportPostmortem(
      incident: string,
      format: string,
      version: number | undefined,
    ): Promise<ExportAnswer> {
      const path = apiPath`/api/v1/incident/${incident}/postmortem/export`;
      return readExport(await client.get(path, { format, version }));
    },

    async facts(incident: string): Promise<readonly FactAnswer[]> {
      const answer = await client.get(apiPath`/api/v1/incident/${incident}/fact`);
      return items(fieldsOf(answer), 'data').map(readFact);
    },

    drillFile(incident: string): Promise<unknown> {
      return client.get(apiPath`/api/v1/incident/${incident}/drill-file`);
    },

    async addAction(incident: string, body: object): Promise<Whole<ActionAnswer>> {
      return whole(await post(apiPath`/api/v1/incident/${incident}/action`, body), readAction);
    },

    /** The oldest first; of one incident, or of all. */
    actions(
      incident: string | null,
      query: { readonly open?: string; readonly overdue?: string },
      limit: number,
    ): Promise<readonly ActionAnswer[]> {
      return incident === null
        ? list(apiPath`/api/v1/action`, query, limit, readAction)
        : list(apiPath`/api/v1/incident/${incident}/action`, {}, limit, readAction);
    },

    async action(id: string): Promise<Whole<ActionAnswer>> {
      return whole(await client.get(apiPath`/api/v1/action/${id}`), readAction);
    },

    /** @param move the last part of the route's path, such as `done`. */
    async moveAction(id: string, move: string, body: object): Promise<Whole<ActionAnswer>> {
      return whole(await post(apiPath`/api/v1/action/${id}/${move}`, body), readAction);
    },

    async patchAction(id: string, body: object): Promise<Whole<ActionAnswer>> {
      const path = apiPath`/api/v1/action/${id}`;
      return whole(await client.patch(path, { json: JSON.stringify(body) }), readAction);
    },
  };
}
