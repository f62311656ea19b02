import { isDeepStrictEqual } from 'node:util';
import type { Cancel, Clock, IdText, Log } from '../../core/index.ts';
import type { Configuration, Objective } from '../../change/index.ts';
import type { Auditor, DetectorMemory, Ledger } from '../../ledger/index.ts';
import type { Alerts } from '../alerts/alerts.ts';
import { alertOf } from '../alerts/stored.ts';
import { HOUR_MS, MINUTE_MS } from '../detect/bin.ts';
import type { Evaluator } from '../evaluate.ts';
import { FRESHNESS_DEADLINE_MS } from '../indicator.ts';
import { objectiveNameOf as nameOfKey } from '../explain/explain-alert.ts';
import type { Explainer } from '../explain/explainer.ts';
import { countedOf } from '../minutes/counted.ts';
import { isEverything, MOST_OBJECTIVES } from '../objective.ts';
import type { Scope } from '../scope.ts';
import { SharedReads } from '../shared-reads.ts';
import { DetectorMemories } from './detector-memories.ts';
import { EndpointAlerts, isOfEndpoint } from './endpoint-alerts.ts';
import { FreshnessWatch, OldestDue, type DueLanes } from './freshness-watch.ts';
import { LoadWatch, type LaneLoads } from './load-watch.ts';
import { ObjectiveAlerts, type Explained } from './objective-alerts.ts';
import { burningOf, createObjectiveWatch, type ObjectiveWatch } from './objective-watch.ts';
import { ServiceWatch, type DeliveryFigures } from './service-watch.ts';
import { SliceBins } from './slice-bins.ts';
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

type Watched = Explained & {
  readonly watch: ObjectiveWatch;
  readonly bins: SliceBins;
  /** Of freshness alone, whose outcomes are no deliveries: bins say nothing of it. */
  readonly freshness: FreshnessWatch | null;
  objective: Objective;
  scope: Scope;
  scopeAt: number;
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
  const memories = new DetectorMemories(ledger);
  const told = new Told(parts.alerts);
  const objectiveAlerts = new ObjectiveAlerts({ ...parts, told });
  const endpointAlerts = new EndpointAlerts({ ...parts, told, each });
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
    const wantsEndpoints = isFirst && endpointAlerts.wants(isMinute);
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
      await each(what, () => objectiveAlerts.raise(objective, finding, known, now));
    }
    if (bin !== null && isFirst) await each(what, () => endpointAlerts.look(bin, objective));
    if (isMinute) {
      const burning = burningOf(objective, await evaluator.status(objective));
      if (burning === null) await told.clear(key('burn_rate'));
      else await objectiveAlerts.raise(objective, burning, known, now);
    }
    const raised = known.watch.raised();
    for (const name of ['small_step', 'outage', 'silence'] as const) {
      if (!raised.has(name)) await told.clear(key(name));
    }
    if (known.freshness?.isRaised !== true) await told.clear(key('growth'));
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
    const storedAs = (key: string) => (known === undefined ? memories.of(key) : null);
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
        name === undefined ? first === undefined && isOfEndpoint(key) : !names.has(name);
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
    await memories.remember([
      ...statesNow(),
      ...memories.keys
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
      await memories.load(2 * MOST_OBJECTIVES + 2);
      const now = clock.now();
      serviceWatch.restore(memories.of(SERVICE), now);
      // What fired in an earlier life is over when nothing holds it up any more.
      for (let afterId: number | undefined; ;) {
        const page = { isOpen: true, limit: ALERT_PAGE, descending: false, afterId };
        const open = await ledger.alerts(page);
        for (const alert of open) {
          if (!OURS.test(alert.key)) continue;
          told.restore(alert.key);
          endpointAlerts.restore(alert.key, () => alertOf(alert), now);
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
      await each('store', () => memories.remember(statesNow()));
    },
  };
  return watch;
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
