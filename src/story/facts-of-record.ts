import type { Fact, IncidentFacts, Moment, MomentKind } from './facts.ts';
import type { RecordedFact } from './recorded-fact.ts';

/** Moments of the record, and what a story calls them. */
const moments: readonly (readonly [string, MomentKind, string])[] = [
  ['marker.impact_start', 'began', 'the impact began'],
  ['marker.detected', 'detected', '{by} found it'],
  ['marker.mitigated', 'stopped', 'the impact was over'],
  ['marker.cause_located', 'explained', 'the cause was located'],
  ['marker.fixed', 'fixed', 'the fix was in force'],
  ['marker.prevention_verified', 'prevented', 'the prevention was verified'],
];
/** Mitigations and updates that a story tells: the first of them. */
const MOST_TOLD = 5;

/**
 * What an incident's record says, as facts for a story: the record's own, in a story's words, each with the same evidence.
 * Pure.
 */
export function storyFacts(record: readonly RecordedFact[]): IncidentFacts {
  const byName = new Map(record.map((fact) => [fact.name, fact]));
  const textOf = (name: string): string => byName.get(name)?.text ?? '';
  const incident = textOf('incident.id');
  return {
    incident,
    title: textOf('incident.title'),
    facts: factsFrom(byName, incident),
    moments: momentsFrom(byName, incident).toSorted((a, b) => a.at - b.at),
  };
}

type ByName = ReadonlyMap<string, RecordedFact>;

function factsFrom(record: ByName, incident: string): readonly Fact[] {
  /** Another's fact under a story's name; nothing where the record has none, or nothing to say. */
  const say = (
    name: string,
    from: string,
    sayIt: (text: string) => string = (text) => text,
  ): readonly Fact[] => {
    const known = record.get(from);
    if (known === undefined || known.value === 0 || known.text.trim() === '') return [];
    return [
      { name, ...valueOf(known), text: sayIt(known.text), evidence: evidenceOf(known, incident) },
    ];
  };
  const stated = statedIn(record);
  const money = [...record.keys()].find((name) => /^impact\.money\.\w+\.delayed$/.test(name)) ?? '';
  const lost = money.replace(/delayed$/, 'lost');
  return [
    ...say('service', 'incident.slice'),
    ...say('headline', 'incident.headline'),
    ...say('detected.by', 'incident.detected_by'),
    ...say('impact.failed', 'impact.failed', (text) => counted(text, 'failed first attempt')),
    ...say('impact.late', 'impact.late', (text) => counted(text, 'late delivery')),
    ...say('impact.deliveries', 'impact.deliveries', (text) => `${text} in all`),
    ...say('impact.people', 'impact.people', (text) => `${text} people`),
    ...(record.get(money)?.value === 0
      ? say('impact.money', lost, (text) => `${text} lost`)
      : say('impact.money', money, (text) => `${text} delayed`)),
    ...say('mitigation', 'mitigation.1.title', (text) => `applied "${text}"`),
    ...say('mitigation.undo', 'mitigation.1.way_back'),
    ...say('suspected.said', `hypothesis.${stated.refuted}.cause`),
    ...say('refuted.said', `hypothesis.${stated.refuted}.verdict`),
    ...say('cause', `hypothesis.${stated.confirmed}.cause`),
    ...say('result.said', `hypothesis.${stated.confirmed}.verdict`),
    ...say('fix.said', 'fix.1.text'),
    ...say('prevention.said', 'prevention.1.text'),
    ...say('prevention.verified', 'marker.prevention_verified', (text) => text.slice(0, 10)),
  ];
}

function momentsFrom(record: ByName, incident: string): readonly Moment[] {
  const make = (from: string, kind: MomentKind, text: string): readonly Moment[] => {
    const known = record.get(from);
    if (known === undefined || typeof known.value !== 'number') return [];
    return [{ at: known.value, kind, text, evidence: evidenceOf(known, incident) }];
  };
  const textOf = (name: string): string => record.get(name)?.text ?? '';
  const told = Array.from({ length: MOST_TOLD }, (_, nth) => nth + 1);
  const { refuted } = statedIn(record);
  const seen = new Set<string>();
  return [
    ...moments.flatMap(([from, kind, text]) =>
      make(firstOf(record, from), kind, text.replace('{by}', textOf('incident.detected_by'))),
    ),
    ...told.flatMap((nth) => {
      const title = textOf(`mitigation.${nth}.title`);
      // Two of one kind at one place are told once.
      if (seen.has(title)) return [];
      seen.add(title);
      return make(`mitigation.${nth}.at`, 'mitigated', `I applied "${title}"`);
    }),
    ...make('update.1.at', 'told', 'those who respond and those who own endpoints were told'),
    ...make(`hypothesis.${refuted}.stated_at`, 'suspected', textOf(`hypothesis.${refuted}.cause`)),
    ...make(`hypothesis.${refuted}.judged_at`, 'refuted', textOf(`hypothesis.${refuted}.verdict`)),
  ];
}

/** A story begins with the first of several episodes, and is over with the last. */
function firstOf(record: ByName, name: string): string {
  const isBegin = name === 'marker.impact_start' || name === 'marker.detected';
  return isBegin && record.has(`episode.1.${name}`) ? `episode.1.${name}` : name;
}

/** The places of the first hypothesis that was confirmed and refuted; 0: none was. */
function statedIn(record: ByName): { readonly confirmed: number; readonly refuted: number } {
  let [confirmed, refuted] = [0, 0];
  for (let nth = 1; record.has(`hypothesis.${nth}.state`); nth += 1) {
    const state = record.get(`hypothesis.${nth}.state`)?.value;
    if (state === 'confirmed' && confirmed === 0) confirmed = nth;
    if (state === 'refuted' && refuted === 0) refuted = nth;
  }
  return { confirmed, refuted };
}

function valueOf({ value, unit }: RecordedFact): Pick<Fact, 'value' | 'unit'> {
  switch (unit) {
    case 'minor':
      return { value, unit: 'money' };
    case 'level':
      return { value, unit: 'count' };
    default:
      return { value, unit };
  }
}

/** The record that it was taken from; of the incident itself, with the fact's name. */
function evidenceOf({ evidence, name }: RecordedFact, incident: string): string {
  return evidence === incident ? `${incident}#${name}` : evidence;
}

function counted(text: string, one: string): string {
  if (text === '1') return `1 ${one}`;
  return `${text} ${one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`}`;
}
