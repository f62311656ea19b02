import {
  createIdSource,
  createIdText,
  createSealer,
  seededRandom,
  silentLog,
  systemClock,
  type Log,
} from '../../src/core/index.ts';
import {
  createConfiguration,
  type Configuration,
  type Notifier,
  type Route,
} from '../../src/change/index.ts';
import { openMemoryLedger, type Ledger } from '../../src/ledger/index.ts';
import { createAlerts, type Alerts } from '../../src/slo/index.ts';
import type { Cleanup } from './service-scope.ts';
import { somebody } from './somebody.ts';

export const MINUTE = 60_000;

export type NotifyScene = {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  alerts: Alerts;
  /** Moves the clock, and does what is due. */
  after(ms: number): Promise<void>;
  moveTo(at: number): Promise<void>;
  now(): number;
  /** Stops, and starts anew on the same ledger. */
  restart(): Promise<void>;
  notifier(
    more: Partial<Notifier> & Pick<Notifier, 'name' | 'kind'>,
    secret?: string,
  ): Promise<Notifier>;
  route(more: Partial<Route> & Pick<Route, 'notifiers'>): Promise<Route>;
};

/** Alerts on a ledger in memory and a clock that the test moves; what they send goes over real sockets. */
export async function openNotifyScene(
  context: Cleanup,
  {
    at = Date.UTC(2026, 0, 5, 12),
    sendTimeoutMs = 5000,
    log = silentLog,
  }: { at?: number; sendTimeoutMs?: number; log?: Log } = {},
): Promise<NotifyScene> {
  let now = at;
  const clock = {
    now: () => now,
    after: (ms: number, run: () => void) => systemClock.after(ms, run),
  };
  const random = seededRandom(1);
  const ledger = openMemoryLedger({ clock, random });
  const ids = createIdSource(clock);
  const idText = createIdText(ledger.mark);
  const sealer = createSealer([new Uint8Array(32).fill(7)], random);
  const settings = { operationalApplication: '', payloadRetentionDays: 90 };
  const configuration = createConfiguration({ ledger, ids, idText, clock, settings });
  const begin = async (): Promise<Alerts> => {
    const publicUrl = (): string => 'https://holdfast.example';
    const parts = { ledger, configuration, clock, ids, idText, random, log, sealer, publicUrl };
    const alerts = createAlerts({ ...parts, sendTimeoutMs });
    await alerts.load();
    return alerts;
  };
  let routes = 0;
  const scene: NotifyScene = {
    ledger,
    configuration,
    alerts: await begin(),
    now: () => now,
    async after(ms) {
      now += ms;
      await scene.alerts.tick();
    },
    async moveTo(to) {
      now = to;
      await scene.alerts.tick();
    },
    async restart() {
      await scene.alerts.stop();
      scene.alerts = await begin();
    },
    notifier: (more, secret) =>
      configuration.notifiers.create(
        {
          description: '',
          settings: {},
          fallback: [],
          sealedSecret: secret === undefined ? null : sealer.seal(secret),
          ...more,
        },
        somebody,
      ),
    route(more) {
      routes += 1;
      const match = { owners: [], severities: [], kinds: [], hours: null };
      const draft = {
        name: `r${routes}`,
        description: '',
        position: routes,
        match,
        continue: false,
      };
      const rest = { escalation: [], quietHours: null };
      return configuration.routes.create({ ...draft, ...rest, ...more }, somebody);
    },
  };
  context.after(async () => {
    await scene.alerts.stop();
    await ledger.close();
  });
  return scene;
}
