import { fileURLToPath } from 'node:url';
import {
  createIdSource,
  createIdText,
  createSealer,
  systemClock,
  systemRandom,
  type Log,
  type Random,
  type ServiceClock,
  type Settings,
} from '../core/index.ts';
import { createPortalTokens, createServer, tokenHash } from '../api/index.ts';
import { createCanaryWatch, createConfiguration } from '../change/index.ts';
import {
  createActRunner,
  createAddressGuard,
  createAddressWatch,
  createCertificateWatch,
  createReachability,
  createTimings,
  createUndiciTransport,
  createVersionWatch,
  Engine,
  parseVersionHeaders,
  Tally,
} from '../delivery/index.ts';
import { ContractGate, createDriftWatch, createIntake, ValueGate } from '../intake/index.ts';
import {
  createAuditor,
  createRetention,
  createSliKeeper,
  openSqliteLedger,
} from '../ledger/index.ts';
import { createAlerts, makeDefaultObjectives } from '../slo/index.ts';
import { createOpenId, createSessions, signInRules } from '../session/index.ts';
import { buildIncidents } from './build-incidents.ts';
import { buildSlo } from './build-slo.ts';
import { holdContracts } from './hold-contracts.ts';
import { listen, urlOf } from './listen.ts';
import { createMetrics } from './metrics.ts';
import { retryPolicyOf } from './retry-policy.ts';
import { sealingKeys } from './sealing-keys.ts';
import { adminToken, derivedKey } from './secret-files.ts';
import { stopService } from './stop-service.ts';
import { createTellDrift } from './tell-drift.ts';

export type Service = {
  /** http://host:port */
  readonly url: string;
  readonly token: string;
  /** Drains: no new work, attempts under way end within `drainMs`, all outcomes are stored, the ledger is closed. */
  stop(): Promise<void>;
};

/** What a service stands on beside its files; a drill gives others. */
export type Surroundings = {
  readonly clock?: ServiceClock;
  readonly random?: Random;
  /** Where the built console stands. */
  readonly consoleFolder?: string;
};

const CONSOLE_FOLDER = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** Builds and wires everything, and listens. Whatever fails on the way is undone, and thrown with a code. */
export async function startService(
  settings: Settings,
  log: Log,
  { clock = systemClock, random = systemRandom, consoleFolder = CONSOLE_FOLDER }: Surroundings = {},
): Promise<Service> {
  const policy = retryPolicyOf(settings);
  const rules = signInRules(settings);
  const guard = createAddressGuard({
    allowedSubnets: settings.allowedSubnets
      .split(',')
      .map((subnet) => subnet.trim())
      .filter((subnet) => subnet !== ''),
  });
  const ledger = await openSqliteLedger({
    dataDir: settings.dataDir,
    maxBytes: settings.ledgerMaxBytes,
  });
  let undo = (): Promise<void> => ledger.close();
  try {
    const keys = sealingKeys(settings, random);
    if (keys.isRotationUnfinished) {
      log.warn({}, 'a key rotation was not finished: stop, and run "holdfast key rotate" again');
    }
    const sealer = createSealer(keys.all, random);
    const token = adminToken(settings.dataDir, settings.adminToken, random);
    const ids = createIdSource(clock, 0, ledger.newestId);
    const idText = createIdText(ledger.mark);
    const configuration = createConfiguration({ ledger, ids, idText, clock, settings });
    const certificates = createCertificateWatch({ ledger, clock, ids, log });
    const observing = { ledger, clock, ids, log, learnMs: settings.learnReceiversMs };
    const watches = {
      certificates,
      addresses: createAddressWatch(observing),
      versions: createVersionWatch(parseVersionHeaders(settings.versionHeaders), observing),
    };
    const transport = createUndiciTransport(guard, settings, watches, clock);
    const timings = createTimings({ ledger, clock, ids, log });
    const tally = new Tally(timings, settings.metricsEndpoints);
    const engine = new Engine({
      tally,
      ledger,
      configuration,
      transport,
      clock,
      random,
      ids,
      idText,
      sealer,
      policy,
      log,
      settings,
    });
    const contracts = new ContractGate(clock);
    const values = new ValueGate();
    await holdContracts(configuration, [contracts, values, engine.payloadVersions]);
    const drift = await createDriftWatch({
      ledger,
      clock,
      log,
      percent: settings.driftPercent,
      found: createTellDrift({ ledger, alerts: () => alerts, ids, idText }),
    });
    const intake = createIntake({
      ledger,
      configuration,
      ids,
      admission: engine.admission,
      contracts,
      watch: (message) => drift.offer(message),
      settings,
    });
    const acts = createActRunner({ ledger, clock, log }, () => engine.reconcile());
    const { canaries } = configuration;
    const { leaseMs } = settings;
    const canaryWatch = createCanaryWatch({ ledger, canaries, clock, log, leaseMs });
    const auditor = createAuditor({ ledger, clock, ids, log, auditMs: settings.auditMs });
    const { retentionMs } = settings;
    const retention = createRetention({ ledger, clock, log, retentionMs });
    const publicUrl = (): string =>
      settings.publicUrl === ''
        ? urlOf(server, settings.host)
        : settings.publicUrl.replace(/\/$/, '');
    const alerts = createAlerts({
      ledger,
      configuration,
      clock,
      ids,
      idText,
      random,
      log,
      sealer,
      publicUrl,
    });
    const { sliMinutesDays, deliveryDeadlineMs } = settings;
    const sliKeeper = createSliKeeper({ ledger, clock, log, sliMinutesDays });
    const { evaluator, explainer, watch } = buildSlo({
      ledger,
      configuration,
      alerts,
      auditor,
      engine,
      tally,
      idText,
      clock,
      log,
      settings,
    });
    const { incidents, incidentWatch, mitigate, reviews, reviewWatch } = buildIncidents({
      ledger,
      configuration,
      alerts,
      auditor,
      engine,
      acts,
      canaryWatch,
      policy,
      ids,
      idText,
      clock,
      log,
      settings,
    });
    const metrics = createMetrics({
      alerts,
      ledger,
      engine,
      intake,
      contracts,
      values,
      drift,
      auditor,
      retention,
      sliKeeper,
      deliveryDeadlineMs,
      tally,
      idText,
      clock,
      canaries,
      incidents,
    });
    let isStopping = false;
    const server = createServer({
      ledger,
      configuration,
      intake,
      contracts,
      values,
      drift,
      engine,
      tally,
      acts,
      canaries: canaryWatch,
      alerts,
      incidents,
      mitigate,
      reviews,
      auditor,
      evaluator,
      explainer,
      guard,
      checkReachability: createReachability({
        guard,
        clock,
        timeoutMs: Math.min(settings.attemptTimeoutMs, 10_000),
      }),
      ids,
      idText,
      sealer,
      clock,
      random,
      log,
      settings,
      adminTokenHash: tokenHash(token),
      portalTokens: createPortalTokens(derivedKey(keys.current, 'portal tokens'), idText, clock),
      sessions: createSessions(derivedKey(keys.current, 'sessions'), clock, random),
      signInRules: rules,
      openId:
        rules === null
          ? null
          : createOpenId({ rules, log, callbackUrl: () => `${publicUrl()}/session/oidc/callback` }),
      consoleFolder,
      publicUrl,
      metrics,
      isStopping: () => isStopping,
    });
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      isStopping = true;
      return stopService({
        auditor,
        retention,
        canaryWatch,
        sliKeeper,
        server,
        acts,
        drift,
        watch,
        incidentWatch,
        reviewWatch,
        alerts,
        engine,
        timings,
        transport,
        ledger,
        clock,
        log,
        drainMs: settings.drainMs,
      });
    };
    undo = stop;
    await canaries.load();
    await auditor.load();
    await alerts.load();
    await incidents.load();
    await mitigate.load();
    await incidentWatch.load();
    await watch.load();
    await makeDefaultObjectives(configuration, ledger, deliveryDeadlineMs);
    await ledger.setDeliveryDeadline({ deadlineMs: deliveryDeadlineMs, now: clock.now() });
    // Leases of an earlier life end before this one accepts; nothing is sent before it is sure that it lives.
    await engine.takeOver();
    await listen(server, settings);
    await engine.start();
    await acts.start();
    auditor.start();
    alerts.start();
    watch.start();
    incidentWatch.start();
    reviewWatch.start();
    canaryWatch.start();
    retention.start();
    sliKeeper.start();
    timings.start();
    drift.start();
    return {
      url: urlOf(server, settings.host),
      token,
      stop: () => (stopped ??= stop()),
    };
  } catch (thrown) {
    await undo();
    throw thrown;
  }
}
