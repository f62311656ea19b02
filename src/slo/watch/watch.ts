import { isDeepStrictEqual } from 'node:util';
import type { Cancel, Clock, IdText, Log } from '../../core/index.ts';
import type { Configuration, Objective } from '../../change/index.ts';
import type { Auditor, DetectorMemory, Ledger } from '../../ledger/index.ts';
import type { AlertFinding } from '../alerts/alert.ts';
import type { Alerts } from '../alerts/alerts.ts';
import { alertOf } from '../alerts/stored.ts';
import { HOUR_MS, MINUTE_MS } from '../detect/bin.ts';
import type { Finding } from '../detect/finding.ts';
import { sayFinding } from '../detect/say.ts';
import type { Evaluator } from '../evaluate.ts';
import { FRESHNESS_DEADLINE_MS } from '../indicator.ts';
import { objectiveNameOf as nameOfKey } from '../explain/explain-alert.ts';
import type { Explainer } from '../explain/explainer.ts';
import type { SliceExplanation } from '../explain/explanation.ts';
import { sayExplanation, saySymptom } from '../explain/say.ts';
import { countedOf } from '../minutes/counted.ts';
import { isEverything, MOST_OBJECTIVES } from '../objective.ts';
import type { Scope } from '../scope.ts';
import { SharedReads } from '../shared-reads.ts';
import {
  burningOf,
  createObjectiveWatch,
  risksOf,
  sayRisks,
  type ObjectiveWatch,
} from './objective-watch.ts';
import { concernedApps } from './concerned-apps.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import { FreshnessWatch, OldestDue, type DueLanes } from './freshness-watch.ts';
import { LoadWatch, type LaneLoads } from './load-watch.ts';
import { ofService } from './of-service.ts';
import { ServiceWatch, type DeliveryFigures } from './service-watch.ts';
import { SliceBins, type SliceBin } from './slice-bins.ts';
import { Told } from './told.ts';

export type WatchParts = {
  readonly ledger: Pick<
    Ledger,
    | 'sli'
    | 'sliValue'
    | 'detectorMemories'
    | 'rememberDetectors'
    | 'certificatesToRenew'
    | 'alerts'
    | 'backlog'
  >;
  readonly configuration: Configuration;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<Alerts, 'raise' | 'clear'>;
  readonly evaluator: Pick<Evaluator, 'status' | 'counted' | 'scopes'>;
  readonly explainer: Explainer;
  readonly auditor: Pick<Auditor, 'figures'>;
  readonly deliveryDeadlineMs: number;
  readonly backlogLimit: number;
  readonly attemptTimeoutMs: number;
  readonly delivery: DeliveryFigures & LaneLoads & { dueLanes(): DueLanes };
};

/** Looks at what is recorded and raises alerts. */
export type Watch = {
  load(): Promise<void>;
  /** One look at everything; `start` takes one every ten seconds. */
  look(): Promise<void>;
  start(): void;
  /** Looks once more at what counts, and keeps what detectors know. Never throws. */
  stop(): Promise<void>;
};

/** Keys of alerts that are raised here. */
const OURS =
  /^(?:burn_rate|small_step|outage|silence|fast_burn|stuck|unaccounted|first_dead_letter|growth|certificate) /;
/**
 * The service's own detectors are stored under it; objectives under their ids, and which endpoints failed beside them; the
 * audit has a row of its own.
 */
const SERVICE = 'service';
const FAILURES = ' failures';
const OF_OBJECTIVE = /^(\d+)(?: failures)?$/;
const ALERT_PAGE = 1000;
const LOOK_MS = 10_000;
/** Endpoints that have an alert of their own at a time: where more fail, it is the objective's alert that helps. */
const MOST_ENDPOINTS = 100;
/** An explanation may take a second to read. */
const EXPLAINED_AGAIN_MS = 5 * MINUTE_MS;
/** Of them the alert's text tells; the rest is behind the explanation's own address. */
const MOST_EXPLANATIONS = 5;
const MOST_SYMPTOMS = 2;

type Watched = {
  readonly watch: ObjectiveWatch;
  readonly bins: SliceBins;
  /** Of freshness alone, whose outcomes are no deliveries: bins say nothing of it. */
  readonly freshness: FreshnessWatch | null;
  objective: Objective;
  scope: Scope;
  scopeAt: number;
  explained: { readonly at: number; readonly by: SliceExplanation } | null;
};

/**
 * Every ten seconds: each objective's new outcomes go to its detectors, once a minute its burn rates are looked at;
 * lanes, the audit, dead letters and lag have detectors of their own. What a detector says becomes an alert under a key
 * (what × slice), and is cleared when it says so no more. Detectors' states are stored once a minute, so a restart
 * forgets a minute at most.
 */
export function createWatch(parts: WatchParts): Watch {
  const { ledger, configuration, clock, log, evaluator, explainer } = parts;
  /** Of one look. */
  const reads = new SharedReads(ledger);
  const watched = new Map<number, Watched>();
  const stored = new Map<string, string>();
  const endpointWatch = new EndpointWatch();
  const told = new Told(parts.alerts);
  const serviceWatch = new ServiceWatch({ ...parts, told });
  const loadWatch = new LoadWatch({ ...parts, told });
  const oldestDue = new OldestDue(configuration.endpoints);
  let minuteAt = 0;
  let hourAt = 0;
  let cancel: Cancel = () => {};
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();

  async function lookAtObjective(
    objective: Objective,
    now: number,
    isMinute: boolean,
    isFirst: boolean,
  ): Promise<void> {
    const known = await watchedOf(objective, now);
    // What is good may be seen a minute later; that one fails, or that it is over before it lasts, may not.
    const wantsEndpoints =
      isFirst && ((isMinute && endpointWatch.isFollowing) || endpointWatch.isHeld);
    const bin =
      known.freshness === null
        ? await known.bins.look(objective, known.scope, now, wantsEndpoints, isFirst)
        : null;
    const key = (kind: string): string => `${kind} objective ${objective.name}`;
    const what = `objective ${objective.name}`;
    const findings = bin === null ? [] : [...known.watch.feed(bin)];
    if (known.freshness !== null) {
      const ageMs = await oldestDue.ageMs(parts.delivery.dueLanes(), known.scope);
      const growing = known.freshness.feed(now, ageMs);
      if (growing !== null) findings.push(growing);
    }
    for (const finding of findings) {
      await each(what, () => raiseFor(objective, finding, known.scope, now));
    }
    if (bin !== null && isFirst) await each(what, () => lookAtEndpoints(bin, objective));
    if (isMinute) {
      const burning = burningOf(objective, await evaluator.status(objective));
      if (burning === null) await told.clear(key('burn_rate'));
      else await raiseFor(objective, burning, known.scope, now);
    }
    const raised = known.watch.raised();
    for (const name of ['small_step', 'outage', 'silence'] as const) {
      if (!raised.has(name)) await told.clear(key(name));
    }
    if (known.freshness?.isRaised !== true) await told.clear(key('growth'));
  }

  async function raiseFor(
    objective: Objective,
    finding: Finding,
    scope: Scope,
    now: number,
  ): Promise<void> {
    const alert: AlertFinding = {
      key: `${finding.detector} objective ${objective.name}`,
      kind: finding.detector,
      severity: finding.severity,
      owner: objective.owner,
      consumers: objective.consumers,
      group: objective.name,
      title: sayFinding(finding, objective.name),
      text: sayFinding(finding, `Objective ${objective.name}`),
      facts: { finding },
    };
    // What cannot be explained is raised all the same.
    told.owe(alert);
    await told.raise({ ...alert, ...(await textOf(objective, finding, scope, now)) });
  }

  async function lookAtEndpoints(bin: SliceBin, { owner, consumers }: Objective): Promise<void> {
    let open = [...told.firing].filter((key) => endpointOfKey(key) !== '').length;
    for (const { endpointId, finding } of endpointWatch.feed(bin)) {
      // It is found anew once there is room and it still fails.
      if (open >= MOST_ENDPOINTS) {
        endpointWatch.forget(endpointId);
        continue;
      }
      open += 1;
      const endpoint = await configuration.endpoints.byId(endpointId);
      const host = endpoint === null ? '' : ` (${new URL(endpoint.url).host})`;
      const slice = `endpoint ${parts.idText.format('endpoint', endpointId)}${host}`;
      const alert = ofService('fast_burn', slice, finding, owner, endpoint?.appId);
      const key = endpointKey(parts.idText.format('endpoint', endpointId));
      await each(key, () => told.raise({ ...alert, key, consumers }));
    }
    for (const key of told.firing) {
      const endpointId = parts.idText.parse('endpoint', endpointOfKey(key));
      if (endpointId === undefined) continue;
      const endpoint = await configuration.endpoints.byId(endpointId);
      // Nothing is sent to it any more, so it could never show that it is well again.
      if (endpoint === null || endpoint.disabled) endpointWatch.forget(endpointId);
      if (!endpointWatch.isRaised(endpointId)) await told.clear(key);
    }
  }

  async function watchedOf(objective: Objective, now: number): Promise<Watched> {
    const known = watched.get(objective.id);
    if (known !== undefined && isSamePast(known.objective, objective)) {
      known.objective = objective;
      if (now - known.scopeAt >= MINUTE_MS) {
        known.scope = await evaluator.scopes.of(objective.slice, now);
        known.scopeAt = now;
      }
      return known;
    }
    const storedAs = (key: string) => (known === undefined ? (stored.get(key) ?? null) : null);
    const key = String(objective.id);
    const made = {
      watch: createObjectiveWatch(storedAs(key), storedAs(key + FAILURES)),
      bins: new SliceBins(reads, parts.deliveryDeadlineMs, evaluator.counted),
      freshness:
        objective.indicator === 'freshness'
          ? new FreshnessWatch(objective.deadlineMs ?? FRESHNESS_DEADLINE_MS)
          : null,
      objective,
      scope: await evaluator.scopes.of(objective.slice, now),
      scopeAt: now,
      explained: null,
    };
    watched.set(objective.id, made);
    return made;
  }

  /** What it costs, what explains it, and who owns it. */
  async function textOf(
    objective: Objective,
    finding: Finding,
    scope: Scope,
    now: number,
  ): Promise<Pick<AlertFinding, 'text' | 'facts' | 'appIds'>> {
    const by = await explained(objective, scope, now);
    const explanations = by.explanations.slice(0, MOST_EXPLANATIONS);
    const symptoms = by.symptoms.slice(0, MOST_SYMPTOMS);
    const atRisk = risksOf(finding, await evaluator.status(objective));
    const cost = sayRisks(atRisk);
    const lines = [
      sayFinding(finding, `Objective ${objective.name}`),
      ...(cost === null ? [] : [cost]),
      ...explanations.map(sayExplanation),
      ...symptoms.map(saySymptom),
      objective.owner === '' ? 'Nobody owns it.' : `Owned by ${objective.owner}.`,
      ...(objective.consumers.length === 0 ? [] : [`It hits ${objective.consumers.join(', ')}.`]),
    ];
    const appIds = await concernedApps(scope, by.explanations, parts);
    return {
      text: lines.join('\n'),
      facts: { finding, atRisk, explanations, symptoms },
      ...(appIds === undefined ? {} : { appIds }),
    };
  }

  async function explained(
    objective: Objective,
    scope: Scope,
    now: number,
  ): Promise<SliceExplanation> {
    const known = watched.get(objective.id);
    if (known?.explained && now - known.explained.at < EXPLAINED_AGAIN_MS) {
      return known.explained.by;
    }
    const by = await explainer.explain({ objective, scope, at: now });
    if (known !== undefined) known.explained = { at: now, by };
    return by;
  }

  /** What cannot be looked at keeps nobody from looking at the rest. */
  async function each(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      log.error({ err: thrown, what }, 'the promise could not be watched');
    }
  }

  async function lookAll(): Promise<void> {
    const now = clock.now();
    const isMinute = now - minuteAt >= MINUTE_MS;
    const isHour = now - hourAt >= HOUR_MS;
    if (isMinute) minuteAt = now;
    if (isHour) hourAt = now;
    reads.forget();
    const objectives = await listObjectives();
    await raiseOwed();
    await each('what was counted', () => evaluator.counted.refresh(now));
    for (const objective of objectives) {
      if (objective.indicator === 'accounted') continue;
      await each(`objective ${objective.name}`, () => expect(objective, now));
    }
    // One objective's first attempts are enough to tell which endpoint fails.
    const first = objectives.find(
      ({ indicator, slice }) => indicator === 'first_attempt' && isEverything(slice),
    );
    const owner = ownerOf(objectives);
    for (const objective of objectives) {
      if (isStopped) return;
      if (objective.indicator === 'accounted') continue; // the audit's own detector is sooner
      await each(`objective ${objective.name}`, () =>
        lookAtObjective(objective, now, isMinute, objective === first),
      );
    }
    explainer.release();
    const names = new Set(objectives.map(({ name }) => name));
    for (const key of told.firing) {
      const name = nameOfKey(key);
      const isGone =
        name === undefined ? first === undefined && endpointOfKey(key) !== '' : !names.has(name);
      if (isGone) await each(key, () => told.clear(key));
    }
    await each('lanes', () => serviceWatch.lookAtLanes(owner));
    reads.forget();
    await each('load', () => loadWatch.look(now, owner));
    await each('service', () => serviceWatch.lookAtCounts(now, owner));
    if (isHour) await each('certificates', () => serviceWatch.lookAtCertificates(now, owner));
    if (isMinute) await each('store', () => store(objectives));
  }

  /** What is read for one objective is then added up for all. */
  async function expect(objective: Objective, now: number): Promise<void> {
    const { scope } = await watchedOf(objective, now);
    const of = countedOf(objective, parts.deliveryDeadlineMs);
    if (of !== null) evaluator.counted.expect(of, scope);
  }

  async function raiseOwed(): Promise<void> {
    for (const alert of told.owed.values()) await each(alert.key, () => told.raise(alert));
  }

  function listObjectives(): Promise<readonly Objective[]> {
    return configuration.objectives.list({ limit: MOST_OBJECTIVES, descending: false });
  }

  async function store(objectives: readonly Objective[]): Promise<void> {
    const there = new Set(objectives.map(({ id }) => id));
    for (const id of watched.keys()) if (!there.has(id)) watched.delete(id);
    await remember([
      ...statesNow(),
      ...[...stored.keys()]
        .filter((key) => {
          const id = OF_OBJECTIVE.exec(key)?.[1];
          return id !== undefined && !there.has(Number(id));
        })
        .map((key) => ({ key, state: null })),
    ]);
  }

  /** Not of those whose alert could not be raised: the next life is to find it again. */
  function statesNow(): DetectorMemory[] {
    const owed = new Set(Array.from(told.owed.keys(), nameOfKey));
    const states = Array.from(watched.values())
      .filter(({ objective }) => !owed.has(objective.name))
      .flatMap(({ objective, watch: one }) => [
        { key: String(objective.id), state: one.state() },
        { key: String(objective.id) + FAILURES, state: one.failures() },
      ]);
    if (serviceWatch.isOwed) return states;
    return [...states, { key: SERVICE, state: serviceWatch.state() }];
  }

  async function remember(all: readonly DetectorMemory[]): Promise<void> {
    const rows = all.filter(({ key, state }) => state !== (stored.get(key) ?? null));
    if (rows.length > 0) await ledger.rememberDetectors({ rows });
    // One that could not be looked at yet is still to have what is stored of it.
    for (const { key, state } of rows) {
      if (state === null) stored.delete(key);
      else stored.set(key, state);
    }
  }

  function later(): void {
    if (isStopped) return;
    cancel = clock.after(LOOK_MS, () => {
      looking = watch
        .look()
        .catch((thrown: unknown) => log.error({ err: thrown }, 'the promise could not be watched'))
        .finally(later);
    });
  }

  const watch: Watch = {
    async load() {
      const memories = await ledger.detectorMemories({ limit: 2 * MOST_OBJECTIVES + 2 });
      for (const { key, state } of memories) if (state !== null) stored.set(key, state);
      const now = clock.now();
      serviceWatch.restore(stored.get(SERVICE) ?? null, now);
      // What fired in an earlier life is over when nothing holds it up any more.
      for (let afterId: number | undefined; ;) {
        const page = { isOpen: true, limit: ALERT_PAGE, descending: false, afterId };
        const open = await ledger.alerts(page);
        for (const alert of open) {
          if (!OURS.test(alert.key)) continue;
          told.restore(alert.key);
          const endpointId = parts.idText.parse('endpoint', endpointOfKey(alert.key));
          if (endpointId !== undefined) endpointWatch.restore(endpointId, alertOf(alert), now);
        }
        if (open.length < ALERT_PAGE) break;
        afterId = open.at(-1)?.id;
      }
    },
    look: lookAll,
    start: later,
    async stop() {
      isStopped = true;
      cancel();
      await looking;
      await raiseOwed();
      // Who stopped before may have found something since.
      await each('service', async () =>
        serviceWatch.lookAtCounts(clock.now(), ownerOf(await listObjectives())),
      );
      await each('store', () => remember(statesNow()));
    },
  };
  return watch;
}

function endpointKey(endpointId: string): string {
  return `fast_burn endpoint ${endpointId}`;
}

function endpointOfKey(key: string): string {
  return /^fast_burn endpoint (\S+)$/.exec(key)?.[1] ?? '';
}

/** Who owns the service itself. */
function ownerOf(objectives: readonly Objective[]): string {
  return objectives.find(({ indicator }) => indicator === 'accounted')?.owner ?? '';
}

/** Another slice or indicator is another past; another owner or target is not. */
function isSamePast(one: Objective, other: Objective): boolean {
  return isDeepStrictEqual(
    [one.indicator, one.deadlineMs, one.slice],
    [other.indicator, other.deadlineMs, other.slice],
  );
}
