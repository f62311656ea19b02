import { fault, type HoldfastError } from '../core/index.ts';
import { objectiveIndicators, type Draft, type Objective } from '../change/index.ts';
import { everything } from './objective.ts';
import { seriesOf } from './prometheus-series.ts';

/**
 * Objectives as OpenSLO v1 (https://openslo.com): a document of kind SLO each. What OpenSLO has no place for (the
 * indicator by our name, deadline, teams, slice, value) stands in annotations that begin with `holdfast/`. The queries
 * under `ratioMetric` are what Prometheus would ask; they are written for other tools, and never read.
 */
export type PlainObjective = Draft<Objective>;

const OPENSLO_VERSION = 'openslo/v1';
const PREFIX = 'holdfast/';
/** The window of queries that are written for others. */
const EACH = '5m';

export function toOpenSlo(objective: PlainObjective): object {
  const { name, description, target, periodDays } = objective;
  return {
    apiVersion: OPENSLO_VERSION,
    kind: 'SLO',
    metadata: { name, displayName: name, annotations: annotationsOf(objective) },
    spec: {
      description,
      service: 'holdfast',
      indicator: {
        metadata: { name: `${name}-sli` },
        spec: { ratioMetric: ratioOf(objective) },
      },
      timeWindow: [{ duration: `${periodDays}d`, isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ displayName: name, target }],
    },
  };
}

function annotationsOf(objective: PlainObjective): Readonly<Record<string, string>> {
  const { indicator, deadlineMs, owner, consumers, slice, value } = objective;
  const said = Object.entries(slice).filter(
    ([, part]: [string, object]) => Object.keys(part).length > 0,
  );
  return {
    [`${PREFIX}indicator`]: indicator,
    ...(deadlineMs === null ? {} : { [`${PREFIX}deadline-ms`]: String(deadlineMs) }),
    [`${PREFIX}owner`]: owner,
    ...(consumers.length === 0 ? {} : { [`${PREFIX}consumers`]: JSON.stringify(consumers) }),
    ...(said.length === 0 ? {} : { [`${PREFIX}slice`]: JSON.stringify(Object.fromEntries(said)) }),
    ...(value === null ? {} : { [`${PREFIX}value`]: JSON.stringify(value) }),
  };
}

function ratioOf(objective: PlainObjective): object {
  const { bad, total } = seriesOf(objective);
  const source = (query: string): object => ({
    metricSource: { type: 'Prometheus', spec: { query } },
  });
  return { counter: false, bad: source(bad(EACH)), total: source(total(EACH)) };
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Throws `validation` naming what an SLO says that an objective cannot: another budgeting method, a calendar window,
 * several objectives, an indicator by reference or without our annotation. Values are checked where they are stored.
 */
export function fromOpenSlo(document: unknown): PlainObjective {
  const slo = fieldsOf(document, '');
  if (slo['apiVersion'] !== OPENSLO_VERSION) {
    throw refused(
      'apiVersion',
      `Only "${OPENSLO_VERSION}" is read, not "${String(slo['apiVersion'])}".`,
    );
  }
  if (slo['kind'] !== 'SLO') {
    throw refused('kind', `Only documents of kind "SLO" are read, not "${String(slo['kind'])}".`);
  }
  assertKnown(slo, ['apiVersion', 'kind', 'metadata', 'spec'], '');
  const metadata = fieldsOf(slo['metadata'], 'metadata');
  assertKnown(metadata, ['name', 'displayName', 'annotations', 'labels'], 'metadata.');
  const spec = fieldsOf(slo['spec'], 'spec');
  assertKnown(
    spec,
    ['description', 'service', 'indicator', 'timeWindow', 'budgetingMethod', 'objectives'],
    'spec.',
  );
  if (spec['budgetingMethod'] !== 'Occurrences') {
    throw refused(
      'spec.budgetingMethod',
      'Budgets are counted by "Occurrences", and in no other way.',
    );
  }
  const said = fieldsOf(metadata['annotations'] ?? {}, 'metadata.annotations');
  for (const key of Object.keys(said)) {
    if (key.startsWith(PREFIX) && !known.includes(key.slice(PREFIX.length))) {
      throw refused(`metadata.annotations.${key}`, `"${key}" is no annotation of ours.`);
    }
  }
  return {
    name: textOf(metadata['name'], 'metadata.name'),
    description: textOf(spec['description'] ?? '', 'spec.description'),
    indicator: indicatorOf(said[`${PREFIX}indicator`]),
    target: targetOf(spec['objectives']),
    deadlineMs: deadlineOf(said[`${PREFIX}deadline-ms`]),
    periodDays: periodOf(spec['timeWindow']),
    owner: textOf(said[`${PREFIX}owner`], `metadata.annotations.${PREFIX}owner`),
    ...jsonFields(said),
  };
}

const known = ['indicator', 'deadline-ms', 'owner', 'consumers', 'slice', 'value'];

function indicatorOf(value: unknown): Objective['indicator'] {
  const found = objectiveIndicators.find((indicator) => indicator === value);
  if (found !== undefined) return found;
  throw refused(
    `metadata.annotations.${PREFIX}indicator`,
    `The annotation "${PREFIX}indicator" names what is counted: ${objectiveIndicators.join(', ')}. It is not read from a query.`,
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function targetOf(objectives: unknown): number {
  const [only, ...others] = listOf(objectives);
  if (others.length > 0) {
    throw refused('spec.objectives', 'An objective has one target. Write a document for each.');
  }
  const objective = fieldsOf(only, 'spec.objectives');
  assertKnown(objective, ['displayName', 'target', 'targetPercent'], 'spec.objectives.');
  const { target, targetPercent } = { target: undefined, targetPercent: undefined, ...objective };
  if (typeof target === 'number') return target;
  // 99.9 / 100 is 0.9990000000000001 otherwise.
  if (typeof targetPercent === 'number') return Number((targetPercent / 100).toPrecision(12));
  throw refused('spec.objectives.target', 'The target is a share between 0 and 1, such as 0.999.');
}

function deadlineOf(value: unknown): number | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  throw refused(`metadata.annotations.${PREFIX}deadline-ms`, 'A deadline is milliseconds as text.');
}

function periodOf(windows: unknown): number {
  const [only, ...others] = listOf(windows);
  const window = fieldsOf(only, 'spec.timeWindow');
  const { duration, isRolling } = { duration: undefined, isRolling: undefined, ...window };
  const [, count, unit] = /^(\d{1,3})([dw])$/.exec(String(duration)) ?? [];
  if (
    others.length > 0 ||
    isRolling !== true ||
    window['calendar'] !== undefined ||
    count === undefined
  ) {
    throw refused(
      'spec.timeWindow',
      'A period is one rolling window of days or weeks, such as { duration: 30d, isRolling: true }.',
    );
  }
  return Number(count) * (unit === 'w' ? 7 : 1);
}

function jsonFields(said: Fields): Pick<PlainObjective, 'consumers' | 'slice' | 'value'> {
  const consumers = jsonOf(said, 'consumers') ?? [];
  if (!Array.isArray(consumers) || !consumers.every((name) => typeof name === 'string')) {
    throw refused(`metadata.annotations.${PREFIX}consumers`, 'Consumers are a JSON list of teams.');
  }
  const slice = {
    ...everything,
    ...fieldsOf(jsonOf(said, 'slice') ?? {}, `metadata.annotations.${PREFIX}slice`),
  };
  const value = jsonOf(said, 'value') ?? null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the service checks the shape of each part where it is stored
  return { consumers, slice, value: value as PlainObjective['value'] };
}

function jsonOf(said: Fields, name: string): unknown {
  const text = said[PREFIX + name];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(textOf(text, `metadata.annotations.${PREFIX}${name}`));
  } catch {
    throw refused(`metadata.annotations.${PREFIX}${name}`, `"${PREFIX}${name}" is JSON as text.`);
  }
}

function assertKnown(fields: Fields, names: readonly string[], place: string): void {
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw refused(
    place + unknown,
    `An objective has no place for "${place}${unknown}": leave it out, or keep that SLO where it is.`,
  );
}

function fieldsOf(value: unknown, field: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw refused(
    field === '' ? 'document' : field,
    `${field === '' ? 'A document' : field} has fields.`,
  );
}

function textOf(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw refused(field, `${field} is a text.`);
}

function refused(field: string, detail: string): HoldfastError {
  return fault('validation', { field, detail });
}
