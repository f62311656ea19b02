import type { Cancel, Clock, IdText, Log } from '../../core/index.ts';
import type { Configuration, Objective } from '../../change/index.ts';
import type { Auditor, Ledger, SliRow } from '../../ledger/index.ts';
import type { AlertFinding } from '../alerts/alert.ts';
import type { Alerts } from '../alerts/alerts.ts';
import { Explain, type Explanation } from '../detect/explain.ts';
import type { Finding } from '../detect/finding.ts';
import { FirstDeadLetter } from '../detect/first-dead-letter.ts';
import { Growth } from '../detect/growth.ts';
import { sayFinding } from '../detect/say.ts';
import { Stuck } from '../detect/stuck.ts';
import { Unaccounted } from '../detect/unaccounted.ts';
import type { Evaluator } from '../evaluate.ts';
import { judgeOf } from '../indicator.ts';
import { isEverything } from '../objective.ts';
import { readRows } from '../read-slots.ts';
import { scopeOf, type Scope } from '../scope.ts';
import { burningOf, costOf, createObjectiveWatch, type ObjectiveWatch } from './objective-watch.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import { SliceBins, type SliceBin } from './slice-bins.ts';

export type WatchParts = {
  readonly ledger: Pick<
    Ledger,
    'sli' | 'detectorMemories' | 'rememberDetectors' | 'certificates' | 'alerts'
  >;
  readonly configuration: Configuration;
  readonly idText: IdText;
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<Alerts, 'raise' | 'clear'>;
  readonly evaluator: Pick<Evaluator, 'status'>;
  readonly auditor: Pick<Auditor, 'figures'>;
  readonly deliveryDeadlineMs: number;
  /** What delivery says of itself; slo/ does not know how it does it. */
  readonly delivery: {
    /** Lanes that nothing holds back and whose oldest delivery is overdue. */
    overdue(): readonly { readonly endpointId: number; readonly oldestDueAt: number }[];
    /** Of the oldest due delivery of lanes that may send, ms. */
    lagMs(): number;
    deadLetters(): number;
  };
};

/** Looks at what is recorded and raises alerts. */
export type Watch = {
  load(): Promise<void>;
  /** One look at everything; `start` takes one every ten seconds. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/** Keys of alerts that are raised here. */
const OURS =
  /^(?:burn_rate|small_step|outage|silence|fast_burn|stuck|unaccounted|first_dead_letter|growth|certificate) /;
const ALERT_PAGE = 1000;
const LOOK_MS = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const CERTIFICATE_MS = 21 * 24 * HOUR_MS;
const MOST_CERTIFICATES = 100;
const MOST_OBJECTIVES = 500;
const MOST_STUCK = 1000;
/** Endpoints that have an alert of their own at a time: where more fail, it is the objective's alert that helps. */
const MOST_ENDPOINTS = 100;
/** Nothing unaccounted was found for so long: the alert's condition is gone. */
const QUIET_MS = 10 * MINUTE_MS;
const MOST_EXPLANATIONS = 5;
/** Rows of the last hour that an explanation reads. */
const EXPLAINED_MS = HOUR_MS;
/** Reading them takes a second where 10,000 endpoints fail. */
const EXPLAINED_AGAIN_MS = 5 * MINUTE_MS;

type Watched = {
  readonly watch: ObjectiveWatch;
  readonly bins: SliceBins;
  revision: number;
  scope: Scope;
  scopeAt: number;
  explained: { readonly at: number; readonly by: readonly Explanation[] } | null;
};

/**
 * Every ten seconds: each objective's new outcomes go to its detectors, once a minute its burn rates are looked at;
 * lanes, the audit, dead letters and lag have detectors of their own. What a detector says becomes an alert under a key
 * (what × slice), and is cleared when it says so no more. Detectors' states are stored once a minute, so a restart
 * forgets a minute at most.
 */
export function createWatch(parts: WatchParts): Watch {
  const { ledger, configuration, clock, log, alerts, evaluator, auditor, delivery } = parts;
  const watched = new Map<number, Watched>();
  const stored = new Map<string, string>();
  const stuck = new Map<number, Stuck>();
  const endpointWatch = new EndpointWatch();
  const unaccounted = new Unaccounted();
  const deadLetters = new FirstDeadLetter();
  const lag = new Growth({ limit: parts.deliveryDeadlineMs, leadMs: 2 * HOUR_MS });
  const firing = new Set<string>();
  /** Detectors say what they found once: what could not be raised is raised by the next look. */
  const owed = new Map<string, AlertFinding>();
  let foundBefore = 0;
  let foundAt = 0;
  let deadBefore = 0;
  let lookedAt: number | null = null;
  let minuteAt = 0;
  let hourAt = 0;
  let cancel: Cancel = () => {};
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();

  async function raise(finding: AlertFinding): Promise<void> {
    firing.add(finding.key);
    owed.set(finding.key, finding);
    await alerts.raise(finding);
    owed.delete(finding.key);
  }

  async function clear(key: string): Promise<void> {
    owed.delete(key);
    if (!firing.has(key)) return;
    await alerts.clear(key);
    firing.delete(key);
  }

  async function lookAtObjective(
    objective: Objective,
    now: number,
    isMinute: boolean,
    isFirst: boolean,
  ): Promise<void> {
    const known = await watchedOf(objective, now);
    // That one is well again may be seen a minute later; that one fails may not.
    const wantsEndpoints = isFirst && isMinute && endpointWatch.isWaiting;
    const bin = await known.bins.look(objective, known.scope, now, wantsEndpoints);
    const key = (kind: string): string => `${kind} objective ${objective.name}`;
    const what = `objective ${objective.name}`;
    const findings = bin === null ? [] : known.watch.feed(bin);
    for (const finding of findings) {
      await each(what, () => raiseFor(objective, finding, known.scope, now));
    }
    if (bin !== null && isFirst) await each(what, () => lookAtEndpoints(bin, objective));
    if (isMinute) {
      const burning = burningOf(objective, await evaluator.status(objective));
      if (burning === null) await clear(key('burn_rate'));
      else await raiseFor(objective, burning, known.scope, now);
    }
    const raised = known.watch.raised();
    for (const name of ['small_step', 'outage', 'silence'] as const) {
      if (!raised.has(name)) await clear(key(name));
    }
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
    owed.set(alert.key, alert);
    await raise({ ...alert, ...(await textOf(objective, finding, scope, now)) });
  }

  async function lookAtEndpoints(bin: SliceBin, { owner, consumers }: Objective): Promise<void> {
    let told = [...firing].filter((key) => endpointOfKey(key) !== '').length;
    for (const { endpointId, finding } of endpointWatch.feed(bin)) {
      // It is found anew once there is room and it still fails.
      if (told >= MOST_ENDPOINTS) {
        endpointWatch.forget(endpointId);
        continue;
      }
      told += 1;
      const endpoint = await configuration.endpoints.byId(endpointId);
      const host = endpoint === null ? '' : ` (${new URL(endpoint.url).host})`;
      const slice = `endpoint ${parts.idText.format('endpoint', endpointId)}${host}`;
      const alert = ofService('fast_burn', slice, finding, owner);
      const key = endpointKey(parts.idText.format('endpoint', endpointId));
      await each(key, () => raise({ ...alert, key, consumers }));
    }
    for (const key of firing) {
      const endpointId = parts.idText.parse('endpoint', endpointOfKey(key));
      if (endpointId === undefined) continue;
      const endpoint = await configuration.endpoints.byId(endpointId);
      // Nothing is sent to it any more, so it could never show that it is well again.
      if (endpoint === null || endpoint.disabled) endpointWatch.forget(endpointId);
      if (!endpointWatch.isRaised(endpointId)) await clear(key);
    }
  }

  async function watchedOf(objective: Objective, now: number): Promise<Watched> {
    const known = watched.get(objective.id);
    if (known !== undefined && known.revision === objective.revision) {
      if (now - known.scopeAt >= MINUTE_MS) {
        known.scope = await scopeOf(objective.slice, parts);
        known.scopeAt = now;
      }
      return known;
    }
    // Another slice or indicator is another past; another owner is not, but that is rare.
    const state = known === undefined ? (stored.get(String(objective.id)) ?? null) : null;
    const made = {
      watch: createObjectiveWatch(state),
      bins: new SliceBins(ledger, parts.deliveryDeadlineMs),
      revision: objective.revision,
      scope: await scopeOf(objective.slice, parts),
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
  ): Promise<Pick<AlertFinding, 'text' | 'facts'>> {
    const explanations = await explained(objective, scope, now);
    const cost = costOf(objective, finding, await evaluator.status(objective));
    const lines = [
      sayFinding(finding, `Objective ${objective.name}`),
      ...(cost === null ? [] : [cost]),
      ...explanations.map(
        ({ dimension, value, bad, total, otherBad, otherTotal, liftAtLeast }) =>
          `${dimension} ${value}: ${bad} of ${total} failed, elsewhere ${otherBad} of ${otherTotal}; at least ${liftAtLeast.toFixed(1)} times as often.`,
      ),
      objective.owner === '' ? 'Nobody owns it.' : `Owned by ${objective.owner}.`,
      ...(objective.consumers.length === 0 ? [] : [`It hits ${objective.consumers.join(', ')}.`]),
    ];
    return { text: lines.join('\n'), facts: { finding, explanations } };
  }

  async function explained(
    objective: Objective,
    scope: Scope,
    now: number,
  ): Promise<readonly Explanation[]> {
    const known = watched.get(objective.id);
    if (known?.explained && now - known.explained.at < EXPLAINED_AGAIN_MS) {
      return known.explained.by;
    }
    const by = await explain(objective, scope, now);
    if (known !== undefined) known.explained = { at: now, by };
    return by;
  }

  async function explain(
    objective: Objective,
    scope: Scope,
    now: number,
  ): Promise<readonly Explanation[]> {
    const judge = judgeOf(objective, parts.deliveryDeadlineMs);
    const deadlineMs = objective.deadlineMs ?? 0;
    const sums = new Map<string, { row: SliRow; total: number; bad: number }>();
    const span = { unit: 'minute', fromAt: floor(now - EXPLAINED_MS), beforeAt: now + 1 } as const;
    await readRows(ledger, scope, span, ['app', 'endpoint', 'event_type'], (row) => {
      const { good, bad } = judge(row, row.at + MINUTE_MS + deadlineMs > now);
      const key = `${row.appId} ${row.endpointId} ${row.eventType}`;
      const known = sums.get(key);
      if (known === undefined) sums.set(key, { row, total: good + bad, bad });
      else {
        known.total += good + bad;
        known.bad += bad;
      }
    });
    const hosts = new Map<number, string>();
    for (const appId of new Set(Array.from(sums.values(), ({ row }) => row.appId))) {
      const endpoints = appId === null ? [] : await configuration.endpoints.of(appId);
      for (const { id, url } of endpoints) hosts.set(id, new URL(url).host);
    }
    const table = new Explain();
    for (const { row, total, bad } of sums.values()) {
      if (total === 0) continue;
      const { appId, endpointId, eventType } = row;
      const host = endpointId === null ? undefined : hosts.get(endpointId);
      table.add({
        total,
        bad,
        values: {
          ...(appId === null ? {} : { application: parts.idText.format('application', appId) }),
          ...(endpointId === null ? {} : { endpoint: parts.idText.format('endpoint', endpointId) }),
          ...(eventType === null ? {} : { 'event type': eventType }),
          ...(host === undefined ? {} : { host }),
        },
      });
    }
    return table.rank().slice(0, MOST_EXPLANATIONS);
  }

  /** What belongs to the service itself and to no objective. */
  const ofService = (
    kind: string,
    slice: string,
    finding: Finding,
    owner: string,
  ): AlertFinding => ({
    key: `${kind} ${slice}`,
    kind,
    severity: finding.severity,
    owner,
    consumers: [],
    group: kind,
    title: sayFinding(finding, slice),
    text: `${sayFinding(finding, slice)}\n${owner === '' ? 'Nobody owns it.' : `Owned by ${owner}.`}`,
    facts: { finding },
  });

  async function lookAtLanes(now: number, owner: string): Promise<void> {
    const overdue = delivery.overdue();
    const seen = new Set(overdue.map(({ endpointId }) => endpointId));
    for (const { endpointId, oldestDueAt } of overdue) {
      const known = stuck.get(endpointId) ?? new Stuck();
      if (stuck.size < MOST_STUCK) stuck.set(endpointId, known);
      // The oldest due moment moves on with every delivery that is taken: that is progress.
      const look = { at: now, oldestDueAt, progress: oldestDueAt, isResting: false };
      const finding = known.feed(look);
      const slice = `lane of ${parts.idText.format('endpoint', endpointId)}`;
      if (finding !== null) await raise(ofService('stuck', slice, finding, owner));
      else if (!known.isRaised) await clear(`stuck ${slice}`);
    }
    for (const endpointId of stuck.keys()) if (!seen.has(endpointId)) stuck.delete(endpointId);
    // Those of an earlier life too.
    for (const key of firing) {
      const endpointId = parts.idText.parse(
        'endpoint',
        /^stuck lane of (\S+)$/.exec(key)?.[1] ?? '',
      );
      if (endpointId !== undefined && !seen.has(endpointId)) await clear(key);
    }
  }

  async function lookAtService(startAt: number, now: number, owner: string): Promise<void> {
    const { found } = auditor.figures();
    const fresh = found - foundBefore;
    foundBefore = found;
    if (fresh > 0) foundAt = now;
    const lost = unaccounted.feed({ at: now, unaccounted: fresh, oldestAt: null });
    if (lost !== null) await raise(ofService('unaccounted', 'the ledger', lost, owner));
    else if (now - foundAt >= QUIET_MS) await clear('unaccounted the ledger');

    const dead = delivery.deadLetters();
    const bin = { startAt, endAt: now, total: dead - deadBefore, bad: dead - deadBefore };
    deadBefore = dead;
    const first = deadLetters.feed(bin);
    if (first !== null) await raise(ofService('first_dead_letter', 'the service', first, owner));
    else if (bin.bad === 0) await clear('first_dead_letter the service');

    const growing = lag.feed(now, delivery.lagMs());
    if (growing !== null) {
      await raise(ofService('growth', 'lag of due deliveries, ms', growing, owner));
    } else if (!lag.isRaised) await clear('growth lag of due deliveries, ms');
  }

  async function lookAtCertificates(now: number, owner: string): Promise<void> {
    const expiring = await ledger.certificates({
      expiresBefore: now + CERTIFICATE_MS,
      limit: MOST_CERTIFICATES,
      descending: true,
    });
    const seen = new Set<string>();
    for (const { peer, expiresAt } of expiring) {
      const key = `certificate ${peer}`;
      seen.add(key);
      const days = Math.floor((expiresAt - now) / (24 * HOUR_MS));
      const title =
        expiresAt <= now
          ? `The certificate of ${peer} has expired`
          : `The certificate of ${peer} expires in ${days} days`;
      await raise({
        key,
        title,
        owner,
        kind: 'certificate',
        severity: days < 3 ? 'page' : 'ticket',
        consumers: [],
        group: 'certificate',
        text: `${title}, on ${new Date(expiresAt).toISOString()}, as it was seen last. Tell its owner to renew it: deliveries are refused from then on.`,
        facts: {
          peer,
          expiresAt,
        },
      });
    }
    for (const key of firing) {
      if (key.startsWith('certificate ') && !seen.has(key)) await clear(key);
    }
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
    const objectives = await configuration.objectives.list({
      limit: MOST_OBJECTIVES,
      descending: false,
    });
    for (const alert of owed.values()) await each(alert.key, () => raise(alert));
    // One objective's first attempts are enough to tell which endpoint fails.
    const first = objectives.find(
      ({ indicator, slice }) => indicator === 'first_attempt' && isEverything(slice),
    );
    const owner = objectives.find(({ indicator }) => indicator === 'accounted')?.owner ?? '';
    for (const objective of objectives) {
      if (objective.indicator === 'accounted') continue; // the audit's own detector is sooner
      await each(`objective ${objective.name}`, () =>
        lookAtObjective(objective, now, isMinute, objective === first),
      );
    }
    const names = new Set(objectives.map(({ name }) => name));
    for (const key of firing) {
      const name = /^\S+ objective (\S+)$/.exec(key)?.[1];
      const isGone =
        name === undefined ? first === undefined && endpointOfKey(key) !== '' : !names.has(name);
      if (isGone) await each(key, () => clear(key));
    }
    await each('lanes', () => lookAtLanes(now, owner));
    // Both count since the process began, so the first look tells what happened before it.
    await each('service', () => lookAtService(lookedAt ?? now, now, owner));
    if (isHour) await each('certificates', () => lookAtCertificates(now, owner));
    if (isMinute) await each('store', () => store(objectives));
    lookedAt = now;
  }

  async function store(objectives: readonly Objective[]): Promise<void> {
    const there = new Set(objectives.map(({ id }) => id));
    for (const id of watched.keys()) if (!there.has(id)) watched.delete(id);
    const rows = [
      ...Array.from(watched, ([id, { watch }]) => ({ key: String(id), state: watch.state() })),
      ...[...stored.keys()]
        .filter((key) => !there.has(Number(key)))
        .map((key) => ({ key, state: null })),
    ];
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
      const memories = await ledger.detectorMemories({ limit: MOST_OBJECTIVES });
      for (const { key, state } of memories) if (state !== null) stored.set(key, state);
      // What fired in an earlier life is over when nothing holds it up any more.
      for (let afterId: number | undefined; ;) {
        const page = { isOpen: true, limit: ALERT_PAGE, descending: false, afterId };
        const open = await ledger.alerts(page);
        for (const { key } of open) if (OURS.test(key)) firing.add(key);
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
      const rows = Array.from(watched, ([id, { watch: one }]) => ({
        key: String(id),
        state: one.state(),
      }));
      if (rows.length > 0) await ledger.rememberDetectors({ rows });
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

function floor(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
