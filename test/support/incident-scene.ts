import assert from 'node:assert/strict';
import { createIncidentWatch } from '../../src/incident/watch.ts';
import {
  createIncidents,
  timelineRowOf,
  type Incident,
  type Incidents,
  type IncidentWatch,
  type TimelineRow,
} from '../../src/incident/index.ts';
import type { IncidentWatchParts } from '../../src/incident/watch.ts';
import type { Cleanup } from './service-scope.ts';
import { DEADLINE_MS, LOOK_MS, openWatchScene, type WatchScene } from './watch-scene.ts';

export type IncidentScene = Awaited<ReturnType<typeof openIncidentScene>>;

/** Incidents over the watch's scene: real ledger, configuration, alerts and detectors; only the clock is moved. */
export async function openIncidentScene(
  context: Cleanup,
  {
    endpoints = 10,
    missingToClose,
    ...more
  }: {
    endpoints?: number;
    missingToClose?: (incident: Incident) => Promise<readonly string[]>;
  } & Partial<IncidentWatchParts> = {},
) {
  const scene: WatchScene = await openWatchScene(context, { endpoints });
  const told: string[] = [];

  async function begin(): Promise<{ incidents: Incidents; watch: IncidentWatch }> {
    const { ledger, clock, ids, log, configuration, idText } = scene;
    const incidents = createIncidents({
      ledger,
      clock,
      ids,
      log,
      ...(missingToClose === undefined ? {} : { missingToClose }),
    });
    await incidents.load();
    const watch = createIncidentWatch({
      ledger,
      configuration,
      idText,
      clock,
      log,
      incidents,
      alerts: scene.alerts(),
      deliveryDeadlineMs: DEADLINE_MS,
      sliMinutesDays: 14,
      unaccounted: () => 0,
      autoMitigate: null,
      isDrill: false,
      updateMs: 30 * 60_000,
      opened: ({ title }) => Promise.resolve(void told.push(`opened ${title}`)),
      mitigated: ({ title }) => Promise.resolve(void told.push(`mitigated ${title}`)),
      reminded: (_incident, text) => Promise.resolve(void told.push(`reminded ${text}`)),
      ...more,
    });
    await watch.load();
    return { incidents, watch };
  }

  let life = await begin();
  const opened = {
    ...scene,
    /** What the hooks were called with. */
    told,
    incidents: () => life.incidents,

    /** Moves the clock on; detectors, alerts and incidents look. */
    async look(ms = LOOK_MS): Promise<void> {
      await scene.look(ms);
      await life.watch.tick();
    },

    tick: () => life.watch.tick(),

    /** Looks every ten seconds for so long; `send` each time before. */
    async spend(ms: number, send: () => Promise<void> = async () => {}): Promise<void> {
      for (let spent = 0; spent < ms; spent += LOOK_MS) {
        await send();
        await opened.look();
      }
    },

    sendAll: async (each: { good?: number; bad?: number }): Promise<void> => {
      for (const { id } of scene.endpoints) await scene.send(id, each);
    },

    only(): Incident {
      const current = life.incidents.current();
      assert.equal(current.length, 1, current.map(({ title }) => title).join('; '));
      assert.ok(current[0]);
      return current[0];
    },

    async timeline({ id }: Pick<Incident, 'id'>): Promise<readonly TimelineRow[]> {
      const rows = await scene.ledger.timeline({ incidentId: id, limit: 1000, descending: false });
      return rows.map((row) => timelineRowOf(row));
    },

    async restart(): Promise<void> {
      await life.watch.stop();
      await scene.restart();
      life = await begin();
    },
  };
  return opened;
}
