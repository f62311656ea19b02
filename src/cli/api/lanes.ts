import { boolean, fieldsOf, items } from '../answers.ts';
import type { LaneChange } from '../../change/index.ts';
import {
  readPause,
  type CircuitGiven,
  type PauseAnswer,
  type PauseGiven,
} from '../pause-answers.ts';
import { apiPath } from '../client.ts';
import {
  readLane,
  readRestingLane,
  type LaneAnswer,
  type RestingLaneAnswer,
} from '../lane-answers.ts';
import type { Calls } from './calls.ts';

/** Lanes, circuits and pauses. */
export function lanesApi({ client, post }: Calls) {
  return {
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
  };
}
