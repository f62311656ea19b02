import { fault } from '../core/index.ts';

/**
 * An incident as a drill: what was sent, when it failed and how, and what came of it, by the minute from its beginning.
 * A runner plays it against receivers of its own and keeps it as a regression test. It names no customer, no address and
 * no payload: endpoints are numbered, event types keep their names.
 */
export type DrillFile = {
  readonly format: typeof DRILL_FORMAT;
  readonly name: string;
  readonly title: string;
  /** The incident it was made from. */
  readonly incident: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** How long it is. */
  readonly minutes: number;
  /** Endpoints, by their place: how many there are. */
  readonly endpoints: number;
  readonly eventTypes: readonly string[];
  /** What was accepted and what first attempts came to; minutes without either are left out. */
  readonly traffic: readonly DrillTraffic[];
  readonly faults: readonly DrillFault[];
  readonly recorded: DrillRecorded;
};

export const DRILL_FORMAT = 'holdfast-drill/1';

export type DrillTraffic = {
  /** From 0. */
  readonly minute: number;
  /** From 0. */
  readonly endpoint: number;
  /** Place in `eventTypes`. */
  readonly eventType: number;
  readonly accepted: number;
  /** First attempts that delivered, and that did not. */
  readonly ok: number;
  readonly bad: number;
};

/** A spell in which an endpoint failed. */
export type DrillFault = {
  readonly endpoint: number;
  /** Inclusive. */
  readonly fromMinute: number;
  /** Exclusive. */
  readonly toMinute: number;
  /** Of its first attempts. */
  readonly badShare: number;
  /** What these failures were, by their shares, which add up to 1. */
  readonly outcomes: readonly DrillOutcome[];
};

export type DrillOutcome = {
  /** As attempts are recorded: `http_error`, `timeout`, `connection_refused`, …; `unknown`: none was kept. */
  readonly outcome: string;
  readonly status: number | null;
  readonly share: number;
};

/** What it came to: a replay is held against it. Minutes from the beginning of the file; null: it never was. */
export type DrillRecorded = {
  readonly impactStartMinute: number;
  readonly detectedMinute: number;
  readonly mitigatedMinute: number | null;
  readonly accepted: number;
  readonly failed: number;
  readonly late: number;
  readonly dead: number;
};

export const drillFileBounds = {
  minutes: 2880,
  endpoints: 1000,
  eventTypes: 1000,
  rows: 100_000,
  bytes: 16_777_216,
} as const;

/** Reads a drill file. Throws `validation` that names the part which is wrong. Pure. */
export function readDrillFile(text: string): DrillFile {
  const {
    bytes,
    minutes: mostMinutes,
    endpoints: mostEndpoints,
    eventTypes: mostTypes,
    rows,
  } = drillFileBounds;
  if (text.length > bytes) throw invalid('file', `is over ${bytes} characters`);
  const file = fieldsOf(parsed(text), 'file');
  const format = file['format'];
  if (format !== DRILL_FORMAT) throw invalid('format', `is not "${DRILL_FORMAT}"`);
  const minutes = integer(file, 'minutes', 1, mostMinutes, '');
  const endpoints = integer(file, 'endpoints', 1, mostEndpoints, '');
  const eventTypes = list(file, 'eventTypes', mostTypes, '').map((each, nth) => {
    if (typeof each === 'string' && each.length <= 256) return each;
    throw invalid(`eventTypes.${nth}`, 'is no name');
  });
  const count = Number.MAX_SAFE_INTEGER;
  const traffic = list(file, 'traffic', rows, '').map((each, nth): DrillTraffic => {
    const at = `traffic.${nth}`;
    const row = fieldsOf(each, at);
    return {
      minute: integer(row, 'minute', 0, minutes - 1, at),
      endpoint: integer(row, 'endpoint', 0, endpoints - 1, at),
      eventType: integer(row, 'eventType', 0, eventTypes.length - 1, at),
      accepted: integer(row, 'accepted', 0, count, at),
      ok: integer(row, 'ok', 0, count, at),
      bad: integer(row, 'bad', 0, count, at),
    };
  });
  const faults = list(file, 'faults', rows, '').map((each, nth): DrillFault => {
    const at = `faults.${nth}`;
    const row = fieldsOf(each, at);
    const fromMinute = integer(row, 'fromMinute', 0, minutes - 1, at);
    return {
      endpoint: integer(row, 'endpoint', 0, endpoints - 1, at),
      fromMinute,
      toMinute: integer(row, 'toMinute', fromMinute + 1, minutes, at),
      badShare: share(row, 'badShare', at),
      outcomes: list(row, 'outcomes', 100, at).map((outcome, place): DrillOutcome => {
        const inner = `${at}.outcomes.${place}`;
        const fields = fieldsOf(outcome, inner);
        return {
          outcome: textOf(fields, 'outcome', inner),
          status: fields['status'] === null ? null : integer(fields, 'status', 100, 599, inner),
          share: share(fields, 'share', inner),
        };
      }),
    };
  });
  const of = fieldsOf(file['recorded'], 'recorded');
  const mitigated = of['mitigatedMinute'];
  const minute = (name: string): number => integer(of, name, -mostMinutes, minutes, 'recorded');
  const sum = (name: string): number => integer(of, name, 0, count, 'recorded');
  return {
    format: DRILL_FORMAT,
    name: textOf(file, 'name', ''),
    title: textOf(file, 'title', ''),
    incident: textOf(file, 'incident', ''),
    exportedAt: textOf(file, 'exportedAt', ''),
    minutes,
    endpoints,
    eventTypes,
    traffic,
    faults,
    recorded: {
      impactStartMinute: minute('impactStartMinute'),
      detectedMinute: minute('detectedMinute'),
      mitigatedMinute: mitigated === null ? null : minute('mitigatedMinute'),
      accepted: sum('accepted'),
      failed: sum('failed'),
      late: sum('late'),
      dead: sum('dead'),
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw fault('validation', { field: 'file', detail: 'The drill file is no JSON.', cause });
  }
}

function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value));
  }
  throw invalid(name, 'is no object');
}

function list(fields: Fields, name: string, most: number, at: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value) && value.length <= most) return value;
  throw invalid(pathOf(at, name), `is no list of at most ${most}`);
}

function integer(fields: Fields, name: string, least: number, most: number, at: string): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw invalid(pathOf(at, name), `is no whole number from ${least} to ${most}`);
}

function share(fields: Fields, name: string, at: string): number {
  const value = fields[name];
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw invalid(pathOf(at, name), 'is no share from 0 to 1');
}

function textOf(fields: Fields, name: string, at: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value.length <= 1000) return value;
  throw invalid(pathOf(at, name), 'is no text of at most 1000 characters');
}

function pathOf(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

function invalid(field: string, detail: string): Error {
  return fault('validation', { field, detail: `The drill file's "${field}" ${detail}.` });
}
