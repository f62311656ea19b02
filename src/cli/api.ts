import {
  boolean,
  fieldsOf,
  items,
  readAct,
  readAttempt,
  readDeadLetter,
  readDelivery,
  readMessage,
  readPage,
  readText,
  type ActAnswer,
  type AttemptAnswer,
  type DeadLetterAnswer,
  type DeliveryAnswer,
  type MessageAnswer,
  type PageAnswer,
} from './answers.ts';
import { readAlert, type AlertAnswer } from './alert-answers.ts';
import {
  readIncident,
  readIncidentDetail,
  readSuspect,
  readTimelineRow,
  readUpdateDraft,
  type IncidentAnswer,
  type IncidentDetailAnswer,
  type SuspectAnswer,
  type TimelineRowAnswer,
  type UpdateDraftAnswer,
} from './incident-answers.ts';
import {
  readMenu,
  readMitigated,
  type MenuAnswer,
  type MitigatedAnswer,
} from './mitigation-answers.ts';
import { readCanary, type CanaryAnswer } from './canary-answers.ts';
import { readChange, readRevert, type ChangeAnswer, type RevertAnswer } from './change-answers.ts';
import {
  readCorrection,
  readCorrectionPreview,
  type CorrectionAnswer,
  type CorrectionPreviewAnswer,
} from './correction-answers.ts';
import type { LaneChange } from '../change/index.ts';
import {
  readPause,
  type CircuitGiven,
  type PauseAnswer,
  type PauseGiven,
} from './pause-answers.ts';
import { apiPath, type ApiPath, type Client, type PostBody, type Query } from './client.ts';

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
} from './review-answers.ts';
import { readContractCheck, type ContractCheckAnswer } from './contract-answers.ts';
import { readExplanation, type ExplanationAnswer } from './explanation-answers.ts';
import {
  readLane,
  readRestingLane,
  type LaneAnswer,
  type RestingLaneAnswer,
} from './lane-answers.ts';

import {
  readBoard,
  readBoardLink,
  readObjective,
  readObjectiveStatus,
  type BoardAnswer,
  type BoardLinkAnswer,
  type ObjectiveAnswer,
  type ObjectiveStatusAnswer,
} from './objective-answers.ts';
import {
  readForecast,
  readPolicy,
  type ForecastAnswer,
  type PolicyAnswer,
} from './policy-answers.ts';

/** Which dead letters: all parts that are given must hold. Moments are ISO 8601, of the message's acceptance. */
export type DeadLetterFilter = {
  readonly endpoint?: string | undefined;
  readonly reason?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
};

/** The routes that the commands call. `app` and `endpoint` are ids or uids. */
export type Api = ReturnType<typeof createApi>;

const PAGE = 250;

export function createApi(client: Client) {
  const post = (path: ApiPath, value: object): Promise<unknown> =>
    client.post(path, { json: JSON.stringify(value) });

  /** Up to `limit` rows over as many pages as it takes. */
  async function list<Item>(
    path: ApiPath,
    query: Query,
    limit: number,
    readItem: (item: unknown) => Item,
  ): Promise<readonly Item[]> {
    const found: Item[] = [];
    let iterator: string | undefined;
    for (;;) {
      const wanted = Math.min(PAGE, limit - found.length);
      const answer = await client.get(path, { ...query, limit: wanted, iterator });
      const page: PageAnswer<Item> = readPage(answer, readItem);
      found.push(...page.data);
      if (page.done || page.iterator === null || found.length >= limit) {
        return found.slice(0, limit);
      }
      iterator = page.iterator;
    }
  }

  return {
    url: client.url,

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

    /** Those that hold work back now, and whether there are more than the API lists. */
    async lanes(): Promise<{
      readonly data: readonly RestingLaneAnswer[];
      readonly isMore: boolean;
    }> {
      const answer = fieldsOf(await client.get(apiPath`/api/v1/lane`));
      return {
        data: items(answer, 'data').map(readRestingLane),
        isMore: boolean(answer, 'isMore'),
      };
    },

    async lane(app: string, endpoint: string): Promise<LaneAnswer> {
      return readLane(await client.get(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane`));
    },

    async changeLane(app: string, endpoint: string, change: LaneChange): Promise<LaneAnswer> {
      const path = apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane`;
      return readLane(await client.patch(path, { json: JSON.stringify(change) }));
    },

    async pauseLane(app: string, endpoint: string, why: string): Promise<LaneAnswer> {
      const path = apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane/pause`;
      return readLane(await post(path, { reason: why }));
    },

    async resumeLane(app: string, endpoint: string): Promise<LaneAnswer> {
      return readLane(
        await client.post(apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane/resume`),
      );
    },

    async switchAlternate(
      app: string,
      endpoint: string,
      isInUse: boolean,
      why: string,
    ): Promise<LaneAnswer> {
      const path = apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane/alternate`;
      return readLane(await post(path, { isInUse, reason: why }));
    },

    async openCircuit(app: string, endpoint: string, circuit: CircuitGiven): Promise<LaneAnswer> {
      const path = apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane/circuit/open`;
      return readLane(await post(path, circuit));
    },

    async closeCircuit(app: string, endpoint: string): Promise<LaneAnswer> {
      const path = apiPath`/api/v1/app/${app}/endpoint/${endpoint}/lane/circuit/close`;
      return readLane(await client.post(path));
    },

    async beginPause(given: PauseGiven): Promise<PauseAnswer> {
      return readPause(await post(apiPath`/api/v1/pause`, given));
    },

    /** The oldest first. */
    async pauses(): Promise<readonly PauseAnswer[]> {
      return items(fieldsOf(await client.get(apiPath`/api/v1/pause`)), 'data').map(readPause);
    },

    async endPause(id: string): Promise<void> {
      await client.delete(apiPath`/api/v1/pause/${id}`);
    },

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

    /** The newest first. */
    alerts(isOpen: boolean | undefined, limit: number): Promise<readonly AlertAnswer[]> {
      const query = isOpen === undefined ? {} : { open: String(isOpen) };
      return list(apiPath`/api/v1/alert`, query, limit, readAlert);
    },

    async alert(id: string): Promise<AlertAnswer> {
      return readAlert(await client.get(apiPath`/api/v1/alert/${id}`));
    },

    async moveAlert(
      id: string,
      move: 'acknowledge' | 'resolve' | 'silence',
      body: object,
    ): Promise<AlertAnswer> {
      return readAlert(await post(apiPath`/api/v1/alert/${id}/${move}`, body));
    },

    /** The newest first. */
    incidents(isOpen: boolean | undefined, limit: number): Promise<readonly IncidentAnswer[]> {
      const query = isOpen === undefined ? {} : { open: String(isOpen) };
      return list(apiPath`/api/v1/incident`, query, limit, readIncident);
    },

    async incident(id: string): Promise<Whole<IncidentDetailAnswer>> {
      return whole(await client.get(apiPath`/api/v1/incident/${id}`), readIncidentDetail);
    },

    async openIncident(body: object): Promise<Whole<IncidentDetailAnswer>> {
      return whole(await post(apiPath`/api/v1/incident`, body), readIncidentDetail);
    },

    /** @param move the last part of the route's path, such as `acknowledge`. */
    async moveIncident(
      id: string,
      move: string,
      body: object,
    ): Promise<Whole<IncidentDetailAnswer>> {
      return whole(await post(apiPath`/api/v1/incident/${id}/${move}`, body), readIncidentDetail);
    },

    async draftUpdate(id: string): Promise<Whole<UpdateDraftAnswer>> {
      return whole(await client.get(apiPath`/api/v1/incident/${id}/update/draft`), readUpdateDraft);
    },

    async judgeHypothesis(
      id: string,
      hypothesis: string,
      body: object,
    ): Promise<Whole<{ readonly incident: IncidentDetailAnswer; readonly seen: string }>> {
      const path = apiPath`/api/v1/incident/${id}/hypothesis/${hypothesis}/judge`;
      return whole(await post(path, body), (answer) => {
        const { incident, movement } = { movement: null, incident: null, ...fieldsOf(answer) };
        return {
          incident: readIncidentDetail(incident),
          seen: movement === null ? '' : readText(movement, 'text'),
        };
      });
    },

    async noteOnIncident(id: string, body: object): Promise<Whole<TimelineRowAnswer>> {
      return whole(await post(apiPath`/api/v1/incident/${id}/timeline`, body), readTimelineRow);
    },

    timeline(id: string, query: Query, limit: number): Promise<readonly TimelineRowAnswer[]> {
      return list(apiPath`/api/v1/incident/${id}/timeline`, query, limit, readTimelineRow);
    },

    async suspects(id: string, limit: number): Promise<Whole<readonly SuspectAnswer[]>> {
      const answer = await client.get(apiPath`/api/v1/incident/${id}/suspects`, { limit });
      return whole(answer, (value) => items(fieldsOf(value), 'data').map(readSuspect));
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

    objectives(limit: number): Promise<readonly ObjectiveAnswer[]> {
      return list(apiPath`/api/v1/objective`, {}, limit, readObjective);
    },

    async objective(name: string): Promise<ObjectiveAnswer> {
      return readObjective(await client.get(apiPath`/api/v1/objective/${name}`));
    },

    async putObjective(name: string, objective: object): Promise<ObjectiveAnswer> {
      const json = JSON.stringify(objective);
      return readObjective(await client.put(apiPath`/api/v1/objective/${name}`, { json }));
    },

    async objectiveStatus(name: string): Promise<ObjectiveStatusAnswer> {
      return readObjectiveStatus(await client.get(apiPath`/api/v1/objective/${name}/status`));
    },

    async explanation(
      name: string,
      from: string | undefined,
      to: string | undefined,
    ): Promise<ExplanationAnswer> {
      const path = apiPath`/api/v1/objective/${name}/explanation`;
      return readExplanation(await client.get(path, { from, to }));
    },

    incidentFigures(from: string | undefined, to: string | undefined): Promise<unknown> {
      return client.get(apiPath`/api/v1/incident/figures`, { from, to });
    },

    async mitigationMenu(id: string): Promise<Whole<MenuAnswer>> {
      const answer = await client.get(apiPath`/api/v1/incident/${id}/mitigation-menu`);
      return whole(answer, readMenu);
    },

    async mitigate(id: string, kind: string, target: object): Promise<Whole<MitigatedAnswer>> {
      const path = apiPath`/api/v1/incident/${id}/mitigation`;
      return whole(await post(path, { kind, target }), readMitigated);
    },

    async undoMitigation(
      id: string,
      mitigation: string,
      onConflict: string | undefined,
    ): Promise<Whole<MitigatedAnswer>> {
      const path = apiPath`/api/v1/incident/${id}/mitigation/${mitigation}/undo`;
      return whole(await post(path, { onConflict }), readMitigated);
    },

    async keepMitigation(
      id: string,
      mitigation: string,
      reason: string,
    ): Promise<Whole<IncidentDetailAnswer>> {
      const path = apiPath`/api/v1/incident/${id}/mitigation/${mitigation}/keep`;
      return whole(await post(path, { reason }), readIncidentDetail);
    },

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

    async incidentExplanation(id: string): Promise<ExplanationAnswer> {
      return readExplanation(await client.get(apiPath`/api/v1/incident/${id}/explanation`));
    },

    /** Throws where the objective would be refused; resolves to it as it would be stored. */
    async previewObjective(objective: object): Promise<ObjectiveAnswer> {
      return readObjective(
        fieldsOf(await post(apiPath`/api/v1/objective/preview`, objective))['objective'],
      );
    },

    async board(team: string | undefined): Promise<BoardAnswer> {
      return readBoard(await client.get(apiPath`/api/v1/board`, { team }));
    },

    async boardLink(name: string, team: string | undefined): Promise<BoardLinkAnswer> {
      return readBoardLink(await post(apiPath`/api/v1/board/link`, { name, team }));
    },

    async act(app: string, id: string): Promise<ActAnswer> {
      return readAct(await client.get(apiPath`/api/v1/app/${app}/act/${id}`));
    },
  };
}

/** An answer read for people, and all of it for programs. */
export type Whole<Answer> = { readonly answer: Answer; readonly json: unknown };

function whole<Answer>(json: unknown, read: (json: unknown) => Answer): Whole<Answer> {
  return { answer: read(json), json };
}

function bodyOf({ endpoint, reason, since, until }: DeadLetterFilter): object {
  return { endpointId: endpoint, deadReason: reason, since, until };
}
