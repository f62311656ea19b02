import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, IdText } from '../../core/index.ts';
import type { Configuration, Objective } from '../../change/index.ts';
import type { Ledger, SampledDelivery } from '../../ledger/index.ts';
import { HOUR_MS } from '../detect/bin.ts';
import { Explain, rankOf, type Explanation } from '../detect/explain.ts';
import type { CountedMinutes } from '../minutes/counted-minutes.ts';
import { keyOfScope, scopeOf, type Scope } from '../scope.ts';
import { ChangesInForce } from './changes-in-force.ts';
import { AllEndpointFacts } from './endpoint-facts.ts';
import {
  explainedDimensions,
  LABEL,
  type RankedExplanation,
  type SliceExplanation,
} from './explanation.ts';
import { readOutcomes } from './read-outcomes.ts';
import { readSample } from './read-sample.ts';
import { once } from './once.ts';
import { SharedExplaining } from './shared-explaining.ts';
import { Symptoms } from './symptoms.ts';

export type ExplainAsked = {
  readonly objective: Pick<Objective, 'indicator' | 'deadlineMs' | 'slice'>;
  /** What the objective's slice means; absent: it is looked up. */
  readonly scope?: Scope;
  /** An hour before the end, unless given; a day before it at the earliest. */
  readonly fromAt?: number;
  /** Now, unless given. */
  readonly beforeAt?: number;
  /** The present of whoever asks for several explanations at once, which then share what they read. */
  readonly at?: number;
};

export type Explainer = {
  explain(asked: ExplainAsked): Promise<SliceExplanation>;
  /** Lets go of what was read for explanations that were asked for with an `at`. */
  release(): void;
};

export type ExplainerParts = {
  readonly ledger: Pick<Ledger, 'sli' | 'sliOutcomes' | 'sampleDeliveries' | 'changes'>;
  readonly configuration: Pick<Configuration, 'applications' | 'endpoints'>;
  readonly idText: IdText;
  readonly clock: Clock;
  /** The service's own deadline, ms. */
  readonly deliveryDeadlineMs: number;
  /** What the watch holds anyway; whoever asks with an `at` has just refreshed it. null: all is read from the ledger. */
  readonly counted: Pick<CountedMinutes, 'outcomes'> | null;
};

const LONGEST_EXPLAINED_MS = 24 * HOUR_MS;
const MOST_EXPLANATIONS = 20;
/** Endpoints that are added before others have their turn: some 10 ms. */
const AT_ONCE = 500;
/** Those that SLI rows cannot tell apart. */
const sampledDimensions: ReadonlySet<string> = new Set([
  'resolved address',
  'certificate chain',
  'change in force',
  'canary arm',
]);
/** Values that something is said about. */
const MOST_NOTES = 1000;
const LONGEST_NOTE = 300;

/**
 * What the bad outcomes of a slice have in common. What SLI rows tell apart (endpoint, application, event type, and what
 * follows from the endpoint: host, policy, labels) is counted exactly; addresses, chains, arms and changes come from a
 * bounded sample of deliveries and their first attempts (read-sample.ts). Rows are ordered by what the sample says where it
 * shows them, so that exact and sampled counts are ranked from the same deliveries. Under a second where 10,000 endpoints
 * fail; the ledger answers in pages of some 10 to 20 ms.
 */
export function createExplainer(parts: ExplainerParts): Explainer {
  let shared: SharedExplaining | null = null;

  function sharingAt(at: number | undefined): SharedExplaining {
    if (at !== undefined && shared?.at === at) return shared;
    const facts = new AllEndpointFacts(parts);
    const made = new SharedExplaining(at ?? parts.clock.now(), facts, parts.ledger);
    if (at !== undefined) shared = made;
    return made;
  }

  return {
    release() {
      shared = null;
    },
    async explain({ objective, scope: given, ...asked }) {
      const sharing = sharingAt(asked.at);
      const { at, facts } = sharing;
      const beforeAt = Math.min(asked.beforeAt ?? at, at) + 1;
      const earliest = beforeAt - LONGEST_EXPLAINED_MS;
      const fromAt = Math.min(beforeAt, Math.max(asked.fromAt ?? beforeAt - HOUR_MS, earliest));
      const scope = given ?? (await scopeOf(objective.slice, parts));
      const { indicator, deadlineMs } = objective;
      const key = JSON.stringify([indicator, deadlineMs, fromAt, beforeAt, keyOfScope(scope)]);
      return once(sharing.explanations, key, async () => {
        const times = { fromAt, beforeAt, at };
        const counted = asked.at === undefined ? null : parts.counted;
        const of = { ...parts, counted };
        const { table, labelKeys } = await countOf(objective, scope, times, of, sharing);
        const sampled = await sampleOf(objective, scope, times, parts, sharing, labelKeys);
        return {
          ...times,
          exact: table.all,
          sample: sampled.sample,
          explanations: merged(table, sampled, facts, parts.idText),
          symptoms: sampled.symptoms,
        };
      });
    },
  };
}

type Times = { readonly fromAt: number; readonly beforeAt: number; readonly at: number };
type Judged = ExplainAsked['objective'];

async function countOf(
  objective: Judged,
  scope: Scope,
  times: Times,
  parts: ExplainerParts,
  { facts, outcomes }: SharedExplaining,
): Promise<Counted> {
  const { idText } = parts;
  const counts = await readOutcomes(objective, scope, times, parts, outcomes);
  const appIds = new Set(Array.from(counts, ({ appId }) => appId));
  await facts.load(appIds);
  const table = new Explain();
  const labelKeys = facts.labelKeys(appIds);
  let added = 0;
  for (const { appId, endpointId, eventType, good, bad } of counts) {
    added += 1;
    if (added % AT_ONCE === 0) await nextTurn();
    const endpoint = idText.format('endpoint', endpointId);
    const application = idText.format('application', appId);
    const own = { endpoint, application };
    const ofType = eventType === null ? {} : { 'event type': eventType };
    const values = { ...own, ...ofType, ...facts.valuesOf(endpointId, labelKeys) };
    table.add({ total: good + bad, bad, values });
  }
  return { table, labelKeys };
}

type Counted = { readonly table: Explain; readonly labelKeys: readonly string[] };

type Sampled = {
  readonly table: Explain;
  readonly sample: SliceExplanation['sample'];
  readonly symptoms: SliceExplanation['symptoms'];
  readonly notes: ReadonlyMap<string, string>;
};

async function sampleOf(
  objective: Judged,
  scope: Scope,
  { fromAt, beforeAt, at }: Times,
  { ledger, idText, deliveryDeadlineMs }: ExplainerParts,
  shared: SharedExplaining,
  labelKeys: readonly string[],
): Promise<Sampled> {
  const { facts } = shared;
  const table = new Explain();
  const symptoms = new Symptoms();
  const notes = new Map<string, string>();
  const isJudged = objective.indicator === 'on_time' || objective.indicator === 'first_attempt';
  const changes = await once(shared.changes, `${fromAt} ${beforeAt}`, () =>
    ChangesInForce.read(ledger, { fromAt, beforeAt }, idText),
  );
  const [total, bad] = [{ count: 0 }, { count: 0 }];
  const take = (row: SampledDelivery): void => {
    const isBad = row.isBad ? row.weight : 0;
    total.count += row.weight;
    bad.count += isBad;
    const own = facts.of(row.endpointId);
    const change = changes.at(row.at, row, own);
    const canary =
      row.canaryId === null ? 'none' : `candidate of ${idText.format('canary', row.canaryId)}`;
    const values: Record<string, string> = {
      endpoint: idText.format('endpoint', row.endpointId),
      application: idText.format('application', row.appId),
      ...(row.eventType === null ? {} : { 'event type': row.eventType }),
      ...facts.valuesOf(row.endpointId, labelKeys),
      'canary arm': canary,
      'change in force': change,
      ...(row.address === null ? {} : { 'resolved address': row.address }),
      ...(row.certificate === null ? {} : { 'certificate chain': row.certificate }),
    };
    table.add({ total: row.weight, bad: isBad, values });
    symptoms.add(row, own?.host ?? null);
    if (row.isBad && notes.size < MOST_NOTES) note(notes, row, own?.host);
    const about = row.isBad ? changes.about(change) : null;
    if (about !== null) notes.set(`change in force ${change}`, about);
  };
  const end = isJudged
    ? await readSample(
        shared,
        scope,
        {
          fromAt,
          beforeAt,
          now: at,
          deadlineMs:
            objective.indicator === 'on_time' ? (objective.deadlineMs ?? deliveryDeadlineMs) : null,
        },
        take,
      )
    : { lookedAt: 0, isWhole: true };
  return {
    table,
    sample: { ...end, total: total.count, bad: bad.count },
    symptoms: symptoms.rank(),
    notes,
  };
}

/** What people know an address or a chain by. */
function note(notes: Map<string, string>, row: SampledDelivery, host: string | undefined): void {
  const { address, certificate, detail } = row;
  if (address !== null && host !== undefined) {
    const key = `resolved address ${address}`;
    if (!notes.has(key)) notes.set(key, `of ${host}`);
  }
  if (certificate === null) return;
  const key = `certificate chain ${certificate}`;
  if (notes.has(key)) return;
  const shown = /The certificate presented is .*$/.exec(detail ?? '')?.[0] ?? '';
  notes.set(key, [`of ${host ?? 'a host'}`, shown].join('. ').slice(0, LONGEST_NOTE));
}

function merged(
  exact: Explain,
  { table: sample, notes }: Sampled,
  facts: AllEndpointFacts,
  idText: IdText,
): readonly RankedExplanation[] {
  const keyOf = ({ dimension, value }: Explanation): string => `${dimension} ${value}`;
  const sampled = new Map(sample.rank().map((row) => [keyOf(row), row]));
  const rows = new Map<string, { row: Explanation; isExact: boolean; rank: number }>();
  const isCounted = exact.all.bad > 0;
  for (const [key, row] of sampled) {
    // What all outcomes say of a dimension stands against what some of them say.
    if (isCounted && !sampledDimensions.has(row.dimension)) continue;
    rows.set(key, { row, isExact: false, rank: rankOf(row) });
  }
  for (const row of exact.rank()) {
    const key = keyOf(row);
    const shown = sampled.get(key);
    rows.set(key, { row, isExact: true, rank: rankOf(shown ?? row) });
  }
  const aboutOf = ({ dimension, value }: Explanation): string | null => {
    if (dimension === 'endpoint') {
      const endpointId = idText.parse('endpoint', value);
      return (endpointId === undefined ? undefined : facts.of(endpointId)?.host) ?? null;
    }
    if (dimension === 'application') {
      const appId = idText.parse('application', value);
      return appId === undefined ? null : facts.nameOf(appId);
    }
    return notes.get(`${dimension} ${value}`) ?? null;
  };
  return [...rows.values()]
    .toSorted((one, other) => other.rank - one.rank || placeOf(one.row) - placeOf(other.row))
    .slice(0, MOST_EXPLANATIONS)
    .map(({ row, isExact }) => ({ ...row, isExact, about: aboutOf(row) }));
}

/** Labels come last. */
function placeOf({ dimension }: Explanation): number {
  const place = explainedDimensions.findIndex((each) => each === dimension);
  return place < 0 || dimension.startsWith(LABEL) ? explainedDimensions.length : place;
}
