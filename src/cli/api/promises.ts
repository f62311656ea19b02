import { fieldsOf } from '../answers.ts';
import { readAlert, type AlertAnswer } from '../alert-answers.ts';
import { apiPath, type Query } from '../client.ts';
import { readExplanation, type ExplanationAnswer } from '../explanation-answers.ts';
import {
  readBoard,
  readBoardLink,
  readObjective,
  readObjectiveStatus,
  type BoardAnswer,
  type BoardLinkAnswer,
  type ObjectiveAnswer,
  type ObjectiveStatusAnswer,
} from '../objective-answers.ts';
import type { Calls } from './calls.ts';

/** Alerts, objectives and the board. */
export function promisesApi({ client, post, list }: Calls) {
  return {
    /** The newest first. */
    alerts(query: Query, limit: number): Promise<readonly AlertAnswer[]> {
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
  };
}
