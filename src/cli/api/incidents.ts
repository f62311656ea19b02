import { fieldsOf, items, readText } from '../answers.ts';
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
} from '../incident-answers.ts';
import {
  readMenu,
  readMitigated,
  type MenuAnswer,
  type MitigatedAnswer,
} from '../mitigation-answers.ts';
import { apiPath, type Query } from '../client.ts';
import { readExplanation, type ExplanationAnswer } from '../explanation-answers.ts';
import { whole, type Calls, type Whole } from './calls.ts';

/** Incidents and their mitigations. */
export function incidentsApi({ client, post, list }: Calls) {
  return {
    /** The newest first. */
    incidents(query: Query, limit: number): Promise<readonly IncidentAnswer[]> {
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

    async incidentExplanation(id: string): Promise<ExplanationAnswer> {
      return readExplanation(await client.get(apiPath`/api/v1/incident/${id}/explanation`));
    },
  };
}
