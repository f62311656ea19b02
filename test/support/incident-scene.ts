import assert from 'node:assert/strict';
import { createIncidentWatch } from '../../src/incident/watch.ts';
import {
  createIncidents,
  createTelling,
  timelineRowOf,
  type Incident,
  type Incidents,
  type IncidentWatch,
  type TimelineRow,
} from '../../src/incident/index.ts';
import type { IncidentWatchParts } from '../../src/incident/watch.ts';
import type { FoundSlot } from '../../src/ledger/index.ts';
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
  const woken: number[] = [];
  const found: FoundSlot[] = [];

  async function begin(): Promise<{ incidents: Incidents; watch: IncidentWatch }> {
    const { ledger, clock, ids, log, configuration, idText } = scene;
    const unaccounted = () => found;
    const common = { ledger, configuration, clock, log, sliMinutesDays: 14, unaccounted };
    const alerts = scene.alerts();
    const listener = createTelling({ ...common, alerts, wake: (id) => void woken.push(id) });
    const incidents = createIncidents({
      ledger,
      clock,
      ids,
      log,
      listener,
      ...(missingToClose === undefined ? {} : { missingToClose }),
    });
    await incidents.load();
    const watch = createIncidentWatch({
      ...common,
      idText,
      incidents,
      alerts,
      deliveryDeadlineMs: DEADLINE_MS,
      autoMitigate: null,
      isDrill: false,
      updateMs: 30 * 60_000,
      ...more,
    });
    await watch.load();
    return { incidents, watch };
  }

  let life = await begin();
  const opened = {
    ...scene,
    /** Endpoints that something became due to. */
    woken,
    /** What the audit found unaccounted. */
    found,
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
