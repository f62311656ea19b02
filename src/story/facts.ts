import { fault } from '../core/index.ts';

/** In what a fact's value is counted; `text` is a statement, whose value is its text. */
const factUnits = ['count', 'share', 'ms', 'money', 'moment', 'text'] as const;

export type FactUnit = (typeof factUnits)[number];

/** Something known of an incident. */
export type Fact = {
  /** One of `factNames` for what narratives use; others are kept and linked all the same. */
  readonly name: string;
  /** A share from 0 to 1, milliseconds, minor units of money, ms since the epoch, or the text. */
  readonly value: number | string;
  readonly unit: FactUnit;
  /** As a sentence says it: "0.3 %", "$8,000", "21 minutes". */
  readonly text: string;
  /** Where it is recorded: the id of a record, or a link. */
  readonly evidence: string;
};

/** What happened at a moment: for the timeline, and for the times of all forms. */
export type Moment = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: MomentKind;
  /** What was done or seen, as a sentence without its full stop. */
  readonly text: string;
  readonly evidence: string;
};

const momentKinds = [
  'began',
  'detected',
  'told',
  'suspected',
  'refuted',
  'mitigated',
  'stopped',
  'explained',
  'fixed',
  'verified',
  'prevented',
] as const;

export type MomentKind = (typeof momentKinds)[number];

/** All that narratives are made of: the only source of their numbers. */
export type IncidentFacts = {
  /** The id of the incident. */
  readonly incident: string;
  readonly title: string;
  readonly facts: readonly Fact[];
  /** By time; the first is T+0. */
  readonly moments: readonly Moment[];
};

/** Facts that narratives ask for, and what each says. */
const factNames = {
  service: 'what failed, as the subject of a sentence: "the checkout API"',
  headline: 'what went wrong, as a sentence',
  scope: 'whose it is and who is concerned: "two other teams share its pool"',
  noticed: 'how it was noticed, behind "I": "saw free connections fall on a dashboard"',
  unasked: 'that nobody had asked, as a sentence: "there was no ticket"',
  'impact.failed': 'how many deliveries or requests failed',
  'impact.share': 'which share of all failed',
  'impact.late': 'how many were late',
  'impact.deliveries': 'out of how many',
  'impact.people': 'how many people were concerned',
  'impact.money': 'money delayed or lost',
  'mitigation.options': 'the choices there were: "restart the pods, or roll back"',
  mitigation: 'what stopped the impact, behind "I": "rolled back the release"',
  'mitigation.undo': 'how it could be undone: "it is a change with a way back"',
  'mitigation.cost': 'what acting cost',
  'waiting.cost': 'what waiting cost',
  suspected: 'the explanation that was wrong',
  refuted: 'what refuted it',
  'detected.by': 'what found it, as the subject of a sentence: "an alert"',
  'suspected.said': 'the explanation that was wrong, as a sentence',
  'refuted.said': 'what refuted it, as a sentence',
  cause: 'the contributing factors, as a sentence',
  reproduced: 'how it was reproduced, behind "I"',
  fix: 'what removed the cause, behind "I"',
  'fix.said': 'what removed the cause, as a sentence',
  'fix.tests': 'the tests that came with it',
  'fix.deployed': 'how it went out',
  watched: 'how long which figure was watched',
  prevention: 'the guardrail, as a sentence',
  'prevention.said': 'the guardrail, as a sentence that stands alone',
  'prevention.at': 'its date',
  'prevention.verified': 'when it was verified',
  'result.before': 'the metric before',
  'result.after': 'the metric after',
  'result.said': 'the metric before and after, as a sentence',
  'result.value': 'what that is worth',
  'result.adopted': 'who took it over, as a sentence',
  reflection: 'what you would do sooner or otherwise, as a sentence that begins with "I"',
  habit: 'what you do since, as a sentence that begins with "I"',
} as const;

export type FactName = keyof typeof factNames;

const MOST_FACTS = 500;
const MOST_TEXT = 2000;

/** Parses facts from a file or an answer. Throws `validation` naming the field. */
export function parseFacts(value: unknown): IncidentFacts {
  const fields = recordOf(value, 'facts');
  return {
    incident: textOf(fields, 'incident', ''),
    title: textOf(fields, 'title', ''),
    facts: listOf(fields, 'facts', '').map(parseFact),
    moments: listOf(fields, 'moments', '')
      .map(parseMoment)
      .toSorted((a, b) => a.at - b.at),
  };
}

function parseFact(value: unknown, nth: number): Fact {
  const at = `facts[${nth}].`;
  const fields = recordOf(value, at);
  const { value: given, unit } = fields;
  const found = factUnits.find((one) => one === unit);
  if (found === undefined) throw wrong(`${at}unit`, `must be one of ${factUnits.join(', ')}`);
  if (typeof given !== 'string' && !(typeof given === 'number' && Number.isFinite(given))) {
    throw wrong(`${at}value`, 'must be a number, or a text where the unit is text');
  }
  if ((typeof given === 'string') !== (found === 'text')) {
    throw wrong(`${at}value`, `does not fit the unit ${found}`);
  }
  return {
    name: textOf(fields, 'name', at),
    value: given,
    unit: found,
    text: textOf(fields, 'text', at),
    evidence: textOf(fields, 'evidence', at),
  };
}

function parseMoment(value: unknown, nth: number): Moment {
  const at = `moments[${nth}].`;
  const fields = recordOf(value, at);
  const kind = momentKinds.find((one) => one === fields['kind']);
  if (kind === undefined) throw wrong(`${at}kind`, `must be one of ${momentKinds.join(', ')}`);
  const { at: given } = fields;
  const moment = typeof given === 'string' ? Date.parse(given) : given;
  if (typeof moment !== 'number' || !Number.isFinite(moment)) {
    throw wrong(`${at}at`, 'must be a date and time such as 2026-03-01T12:00:00Z');
  }
  return {
    at: moment,
    kind,
    text: textOf(fields, 'text', at),
    evidence: textOf(fields, 'evidence', at),
  };
}

function recordOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(field.replace(/\.$/, ''), 'must be an object');
  }
  return Object.fromEntries(Object.entries(value));
}

function listOf(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  at: string,
): readonly unknown[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value) || value.length > MOST_FACTS) {
    throw wrong(`${at}${name}`, `must be a list of at most ${MOST_FACTS}`);
  }
  return value;
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string, at: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value.trim() === '' || value.length > MOST_TEXT) {
    throw wrong(`${at}${name}`, `must be a text of 1 to ${MOST_TEXT} characters`);
  }
  return value.replace(/\s+/g, ' ').trim().toWellFormed();
}

function wrong(field: string, what: string): Error {
  return fault('validation', { field, detail: `"${field}" ${what}.` });
}
