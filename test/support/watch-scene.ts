import {
  createConfiguration,
  type Application,
  type Draft,
  type Endpoint,
  type Objective,
} from '../../src/change/index.ts';
import { createIdSource, createIdText, systemClock, type Log } from '../../src/core/index.ts';
import { createAuditor, type Ledger, type MessageValue } from '../../src/ledger/index.ts';
import {
  alertOf,
  createEvaluator,
  createExplainer,
  createWatch,
  makeDefaultObjectives,
  type Alert,
  type Alerts,
  type Watch,
} from '../../src/slo/index.ts';
import { everything } from '../../src/slo/objective.ts';
import {
  createScene,
  dueAt,
  firstAttempt,
  inFlight,
  HOUR_MS,
  LEASE_MS,
  MINUTE_MS,
  someTiming,
} from './ledger-scene.ts';
import { openNotifyScene } from './notify-scene.ts';
import type { Cleanup } from './service-scope.ts';
import { somebody } from './somebody.ts';

export const LOOK_MS = 10_000;
export const DEADLINE_MS = MINUTE_MS;
export const BACKLOG_LIMIT = 1000;
const ATTEMPT_TIMEOUT_MS = 30_000;

/** What delivery says of itself; tests say it for it. */
export type Said = {
  overdue: { endpointId: number; oldestDueAt: number }[];
  /** When lanes were compared with the ledger; null: at each look. */
  comparedAt: number | null;
  lagMs: number;
  deadLetters: number;
  due: { endpointId: number; oldestDueAt: number }[];
  loads: { endpointId: number; sending: number; places: number; answerMs: number }[];
};

export type WatchScene = Awaited<ReturnType<typeof openWatchScene>>;

export const promise: Draft<Objective> = {
  name: 'paid',
  description: '',
  indicator: 'first_attempt',
  target: 0.99,
  deadlineMs: null,
  periodDays: 30,
  owner: 'billing',
  consumers: ['ledgers', 'mail'],
  slice: everything,
  value: null,
};

/**
 * The watch on a ledger in memory with the real configuration, alerts and evaluator, and a clock that only `look` moves.
 *
 * @param between what stands between the watch and the ledger or the alerts, to make them fail.
 */
export async function openWatchScene(
  context: Cleanup,
  {
    endpoints: count = 10,
    hasDefaults = true,
    between = {},
  }: {
    endpoints?: number;
    hasDefaults?: boolean;
    between?: { ledger?: (ledger: Ledger) => Ledger; alerts?: (alerts: Alerts) => Alerts };
  } = {},
) {
  const notify = await openNotifyScene(context);
  const ledger = between.ledger?.(notify.ledger) ?? notify.ledger;
  const clock = { now: () => notify.now(), after: () => () => {} };
  // Another node than the scene's: both make messages.
  const ids = createIdSource(clock, 1);
  const idText = createIdText(ledger.mark);
  const settings = { operationalApplication: 'nobody', payloadRetentionDays: 90 };
  const configuration = createConfiguration({
    ledger: notify.ledger,
    ids,
    idText,
    clock,
    settings,
  });
  if (hasDefaults) await makeDefaultObjectives(configuration, notify.ledger, DEADLINE_MS);
  const application = await configuration.applications.create(applicationDraft, somebody);
  const endpoints: Endpoint[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    endpoints.push(await configuration.endpoints.create(endpointDraft(application, nth), somebody));
  }
  const scene = createScene(notify.ledger);
  const said: Said = {
    overdue: [],
    comparedAt: null,
    lagMs: 0,
    deadLetters: 0,
    due: [],
    loads: [],
  };
  const errors: string[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields) => void errors.push(JSON.stringify(fields)),
  };

  const auditor = createAuditor({
    ledger: notify.ledger,
    clock: { now: () => notify.now(), after: (ms, run) => systemClock.after(ms, run) },
    ids,
    log,
    auditMs: MINUTE_MS,
  });

  async function begin(): Promise<Watch> {
    const evaluator = createEvaluator({
      ledger,
      configuration,
      idText,
      clock,
      deliveryDeadlineMs: DEADLINE_MS,
      unaccounted: () => auditor.figures().foundAt,
    });
    const watch = createWatch({
      ledger,
      configuration,
      idText,
      clock,
      log,
      alerts: between.alerts?.(notify.alerts) ?? notify.alerts,
      evaluator,
      explainer: createExplainer({
        ledger,
        configuration,
        idText,
        clock,
        deliveryDeadlineMs: DEADLINE_MS,
        counted: evaluator.counted,
      }),
      auditor,
      deliveryDeadlineMs: DEADLINE_MS,
      backlogLimit: BACKLOG_LIMIT,
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
      delivery: {
        overdue: () => ({ at: said.comparedAt ?? notify.now(), lanes: said.overdue }),
        dueLanes: () => ({ at: notify.now(), lanes: said.due }),
        loadedLanes: () => said.loads,
        lagMs: () => said.lagMs,
        deadLetters: () => said.deadLetters,
      },
    });
    await watch.load();
    return watch;
  }

  let watch = await begin();
  const opened = {
    ledger: notify.ledger,
    configuration,
    application,
    endpoints,
    idText,
    clock,
    ids,
    log,
    /** Of the present life. */
    alerts: () => notify.alerts,
    said,
    errors,
    now: () => notify.now(),
    nextId: () => scene.nextId(),

    /** First attempts that end now. */
    async send(
      endpointId: number,
      {
        good = 0,
        bad = 0,
        eventType = 'invoice.paid',
        value,
        appId = application.id,
      }: {
        good?: number;
        bad?: number;
        eventType?: string;
        value?: MessageValue;
        /** Whose the endpoint is, where it is not the scene's own application. */
        appId?: number;
      },
    ): Promise<void> {
      for (let nth = 0; nth < good + bad; nth += 1) {
        const lease = inFlight(endpointId, scene.nextId(), notify.now() + LEASE_MS);
        const message = await scene.accept({
          appId,
          eventType,
          value,
          to: [lease],
        });
        const key = { messageId: message.id, endpointId, attemptId: lease.attemptId };
        const end =
          nth < good
            ? ({ state: 'delivered' } as const)
            : ({ state: 'scheduled', dueAt: notify.now() + 1e9 } as const);
        await scene.settle({ ...key, ...firstAttempt }, { ...end, durationMs: 0, timing });
      }
    },

    /** A delivery that waits. */
    async wait(endpointId: number): Promise<void> {
      const to = [dueAt(endpointId, notify.now())];
      await scene.accept({ appId: application.id, to });
    },

    /** A delivery whose lease ended long ago without an outcome, as the audit finds it. */
    async lose(endpointId: number): Promise<void> {
      const lease = inFlight(endpointId, scene.nextId(), notify.now() - HOUR_MS);
      await scene.accept({ appId: application.id, to: [lease] });
      await auditor.step();
    },

    /** Moves the clock on; only alerts are told. */
    async pass(ms: number): Promise<void> {
      scene.move(ms);
      await notify.after(ms);
    },

    /** Moves the clock on, and looks. */
    async look(ms = LOOK_MS): Promise<void> {
      await opened.pass(ms);
      await watch.look();
    },

    objective: (more: Partial<Draft<Objective>> = {}) =>
      configuration.objectives.create({ ...promise, ...more }, somebody),

    /** Alerts that are not over, also those that are about to be. */
    async open(): Promise<readonly Alert[]> {
      const rows = await notify.ledger.alerts({ isOpen: true, limit: 1000, descending: false });
      return rows.map((row) => alertOf(row));
    },

    /** Keys of alerts whose condition holds. */
    firing: async (): Promise<readonly string[]> =>
      (await opened.open()).filter(({ clearSince }) => clearSince === null).map(({ key }) => key),

    async alert(key: string): Promise<Alert> {
      const found = (await opened.open()).find((alert) => alert.key === key);
      if (found === undefined) {
        throw new Error(`no alert ${key} in ${String(await opened.firing())}`);
      }
      return found;
    },

    async restart(): Promise<void> {
      await watch.stop();
      await notify.restart();
      watch = await begin();
    },
  };
  return opened;
}

/** Nothing took any time, so that an attempt ends in the moment in which it is settled. */
const timing = { ...someTiming, queuedMs: 0, firstByteMs: 0 };

const applicationDraft = {
  uid: null,
  name: 'Acme',
  metadata: {},
  throttleRate: null,
  policy: null,
  signatureHeaders: 'standard',
} as const;

const endpointDraft = ({ id: appId }: Application, nth: number) => ({
  appId,
  uid: null,
  url: `https://e${nth}.example/`,
  description: '',
  disabled: false,
  disabledReason: null,
  eventTypes: null,
  channels: null,
  metadata: {},
  throttleRate: null,
  policy: null,
  lane: null,
  pausedAt: null,
  pausedReason: null,
  alternateUrl: null,
  isAlternateInUse: false,
  handCircuit: null,
  payloadVersions: null,
  sealedHeaders: null,
  secrets: [{ sealed: 'a', expiresAt: null }],
});
