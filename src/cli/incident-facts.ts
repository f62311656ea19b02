import { sayMoney } from '../core/index.ts';
import type { Fact, IncidentFacts, Moment, MomentKind } from '../story/index.ts';
import type { IncidentDetailAnswer, TimelineRowAnswer } from './incident-answers.ts';
import { formatCount } from './table.ts';

/** Markers of an incident, and what a story calls them. */
const kinds: Readonly<Record<string, { readonly kind: MomentKind; readonly text: string }>> = {
  impactStart: { kind: 'began', text: 'the impact began' },
  detected: { kind: 'detected', text: 'it was detected' },
  mitigated: { kind: 'mitigated', text: 'the impact had stopped' },
  causeLocated: { kind: 'explained', text: 'the cause was located' },
  fixed: { kind: 'fixed', text: 'the fix was in force' },
  preventionVerified: { kind: 'prevented', text: 'prevention was verified' },
};

/** What an incident's record says, as facts for a story; every number leads to the record it was taken from. */
export function factsOfIncident(
  incident: IncidentDetailAnswer,
  timeline: readonly TimelineRowAnswer[],
): IncidentFacts {
  const { id } = incident;
  return {
    incident: id,
    title: incident.title,
    facts: [...impactFacts(incident), ...statements(incident)],
    moments: momentsOf(incident, timeline),
  };
}

function impactFacts({ id, impact }: IncidentDetailAnswer): readonly Fact[] {
  if (impact === null) return [];
  const { failed, late, deliveries, people, money } = impact;
  const count = (name: string, value: number | null, noun: string): Fact[] =>
    value === null || value === 0
      ? []
      : [
          {
            name,
            value,
            unit: 'count',
            text: `${formatCount(value)} ${noun}`,
            evidence: `${id}#impact`,
          },
        ];
  const bad = failed === 0 ? late : failed;
  return [
    ...count('impact.failed', bad, failed === 0 ? 'late deliveries' : 'failed deliveries'),
    ...count('impact.late', late, 'late deliveries'),
    ...count('impact.people', people, 'people'),
    ...(deliveries === 0 || bad === 0
      ? []
      : [
          {
            name: 'impact.share',
            value: bad / deliveries,
            unit: 'share',
            text: `${Number(((100 * bad) / deliveries).toPrecision(2))} %`,
            evidence: `${id}#impact`,
          } as const,
        ]),
    ...money.slice(0, 1).flatMap(({ currency, delayed, lost }): Fact[] =>
      delayed + lost === 0
        ? []
        : [
            {
              name: 'impact.money',
              value: delayed + lost,
              unit: 'money',
              text: `${sayMoney(delayed + lost, currency)} delayed or lost`,
              evidence: `${id}#impact`,
            },
          ],
    ),
  ];
}

function statements(incident: IncidentDetailAnswer): readonly Fact[] {
  const { id, title, hypotheses, mitigations, fixes, preventions } = incident;
  const say = (name: string, text: string | undefined, evidence: string): Fact[] =>
    text === undefined || text.trim() === ''
      ? []
      : [{ name, value: text, unit: 'text', text: text.trim(), evidence }];
  const confirmed = hypotheses.find(({ state }) => state === 'confirmed');
  const refuted = hypotheses.find(({ state }) => state === 'refuted');
  const [first] = mitigations;
  const [fix] = fixes;
  const [prevention] = preventions;
  return [
    ...say('service', subjectOf(title), id),
    ...say(
      'mitigation',
      first === undefined ? undefined : `applied "${first.title}"`,
      first?.id ?? id,
    ),
    ...say(
      'mitigation.undo',
      first?.isReversible === true ? 'it is a change with a way back' : undefined,
      first?.id ?? id,
    ),
    ...say('suspected', refuted?.cause, refuted?.id ?? id),
    ...say('refuted', refuted?.verdict, refuted?.id ?? id),
    ...say('cause', confirmed?.cause, confirmed?.id ?? id),
    ...say('fix', fix === undefined ? undefined : `brought this: ${fix.text}`, `${id}#fixes`),
    ...say('prevention', prevention?.text, `${id}#preventions`),
  ];
}

/** The title names what is wrong; as the subject of a sentence it stands in quotation marks. */
function subjectOf(title: string): string {
  return `what the incident calls "${title}"`;
}

function momentsOf(
  { id, markers, openedAt }: IncidentDetailAnswer,
  timeline: readonly TimelineRowAnswer[],
): readonly Moment[] {
  const marked = Object.entries(markers).flatMap(([name, { at, note }]): Moment[] => {
    const known = kinds[name];
    if (known === undefined) return [];
    const text = note === '' ? known.text : `${known.text}: ${note}`;
    return [{ at: Date.parse(at), kind: known.kind, text, evidence: `${id}#markers.${name}` }];
  });
  const told = timeline
    .filter(({ kind }) => kind === 'update')
    .slice(0, 1)
    .map(({ at, text }): Moment => ({
      at: Date.parse(at),
      kind: 'told',
      text,
      evidence: `${id}#timeline`,
    }));
  const all = [...marked, ...told];
  const opened: Moment[] =
    all.length > 0
      ? []
      : [
          {
            at: Date.parse(openedAt),
            kind: 'detected',
            text: 'the incident was opened',
            evidence: id,
          },
        ];
  return [...all, ...opened].toSorted((a, b) => a.at - b.at);
}
