import { sayMoney, type IdText } from '../core/index.ts';
import {
  episodeMarkers,
  presentEpisode,
  type Episode,
  type EpisodeMarker,
  type EvidenceLink,
  type Incident,
  type TimelineRow,
} from '../incident/index.ts';
import type { ActionItem } from './action-item.ts';
import { factMaker, type Fact, type FactUnit, type MakeFact, type FactDetails } from './fact.ts';
import { headlineOf, subjectOf } from './headline.ts';

/** A change that is suspected, in words. */
export type SuspectedChange = {
  readonly changeId: number;
  readonly at: number;
  /** 0 to 1. */
  readonly score: number;
  readonly text: string;
};

/** All that facts are made of; read by readFactsInput. */
export type FactsInput = {
  readonly incident: Incident;
  /** In the order of their moments. */
  readonly timeline: readonly TimelineRow[];
  /** Rows there are, where not all were read. */
  readonly timelineRows: number;
  /** The likeliest first. */
  readonly suspects: readonly SuspectedChange[];
  readonly actionItems: readonly ActionItem[];
  /** What is hit, as people call it: `endpoint shop/main`. Empty: everything, or what is not there any more. */
  readonly sliceNames: readonly string[];
  readonly idText: Pick<IdText, 'format'>;
};

/** References name markers so. */
const markerNames: Readonly<Record<EpisodeMarker, string>> = {
  impactStart: 'impact_start',
  detected: 'detected',
  acknowledged: 'acknowledged',
  mitigated: 'mitigated',
  causeLocated: 'cause_located',
  fixed: 'fixed',
};

/**
 * Every fact of an incident: the only source of numbers of its postmortem and its story. Plain names are of the present
 * episode, `episode.2.…` of each where there are several; lists count from 1: `mitigation.1.at`. Pure.
 */
export function factsOf(input: FactsInput): readonly Fact[] {
  const { incident, idText, timelineRows } = input;
  const self: EvidenceLink = { kind: 'incident', id: idText.format('incident', incident.id) };
  const make = factMaker(self, incident.openedAt);
  const { owner, detectedBy, causeClass, episodes, severity, isSeverityByHand } = incident;
  return [
    make('incident.id', self.id, 'text'),
    make('incident.title', incident.title, 'text'),
    make('incident.headline', headlineOf(incident, input.sliceNames), 'text'),
    make('incident.slice', subjectOf(input.sliceNames), 'text'),
    make('incident.severity', severity, 'level', {
      source: isSeverityByHand ? 'person' : 'ledger',
    }),
    make('incident.state', incident.state.replace('_', ' '), 'text'),
    make('incident.opened_at', incident.openedAt, 'moment'),
    make('incident.detected_by', detectedBy === 'system' ? 'an alert' : 'a person', 'text'),
    make('incident.cause_class', causeClass, 'text', { source: 'person' }),
    make('incident.owner', owner === '' ? 'nobody' : owner, 'text'),
    make('incident.episodes', episodes.length, 'count'),
    make('incident.timeline_rows', timelineRows, 'count'),
    ...impactFacts(incident, make),
    ...episodeFacts(presentEpisode(incident), '', make, idText),
    ...(episodes.length < 2
      ? []
      : episodes.flatMap((each) => episodeFacts(each, `episode.${each.nth}.`, make, idText))),
    ...visibleFacts(episodes, make),
    ...reviewFacts(incident, make),
    ...measureFacts(incident, make, idText),
    ...causeFacts(input, make),
    ...updateFacts(input, make),
    ...itemFacts(input, make),
  ];
}

function impactFacts({ impact }: Incident, make: MakeFact): readonly Fact[] {
  if (impact === null) return [];
  const { at, fromAt, deliveries, people, money } = impact;
  const of = (
    name: string,
    value: number,
    unit: FactUnit = 'count',
    more: FactDetails = {},
  ): Fact => make(`impact.${name}`, value, unit, { at, ...more });
  const counts = [
    'failed',
    'late',
    'dead',
    'lost',
    'deliveries',
    'messages',
    'endpoints',
    'applications',
  ] as const;
  const share = (name: string, bad: number): readonly Fact[] =>
    deliveries === 0 ? [] : [of(name, Math.min(1, bad / deliveries), 'share')];
  return [
    of('from', fromAt, 'moment'),
    of('at', at, 'moment'),
    ...counts.map((name) => of(name, impact[name])),
    ...share('failed_share', impact.failed),
    ...share('late_share', impact.late),
    ...(people === null ? [] : [of('people', people)]),
    ...money.flatMap((each) =>
      (['delayed', 'lost', 'perWeek'] as const).map((part) =>
        of(
          `money.${each.currency.toLowerCase()}.${part === 'perWeek' ? 'per_week' : part}`,
          each[part],
          'minor',
          { currency: each.currency, text: sayMoney(each[part], each.currency) },
        ),
      ),
    ),
  ];
}

/** Durations between markers: name, from, to. */
const durations: readonly (readonly [string, EpisodeMarker, EpisodeMarker])[] = [
  ['time.to_detect', 'impactStart', 'detected'],
  ['time.to_acknowledge', 'detected', 'acknowledged'],
  ['time.to_mitigate', 'detected', 'mitigated'],
  ['time.to_locate_cause', 'detected', 'causeLocated'],
  ['time.to_fix', 'detected', 'fixed'],
  ['time.customer_visible', 'impactStart', 'mitigated'],
];

function episodeFacts(
  { markers, alerts }: Episode,
  prefix: string,
  make: MakeFact,
  idText: Pick<IdText, 'format'>,
): readonly Fact[] {
  return [
    ...episodeMarkers.flatMap((marker) => {
      const set = markers[marker];
      if (set === undefined) return [];
      return [
        make(`${prefix}marker.${markerNames[marker]}`, set.at, 'moment', {
          source: set.source,
          at: set.setAt,
        }),
      ];
    }),
    ...durations.flatMap(([name, from, to]) => {
      const [start, end] = [markers[from], markers[to]];
      if (start === undefined || end === undefined) return [];
      const at = Math.max(start.setAt, end.setAt);
      return [make(`${prefix}${name}`, end.at - start.at, 'ms', { source: end.source, at })];
    }),
    make(`${prefix}alert.count`, alerts.length, 'count', { source: 'alert' }),
    ...alerts.slice(0, MOST_LISTED).flatMap((alert, nth) => {
      const more: FactDetails = {
        source: 'alert',
        at: alert.firedAt,
        evidence: { kind: 'alert', id: idText.format('alert', alert.alertId) },
      };
      const name = `${prefix}alert.${nth + 1}`;
      return [
        make(`${name}.title`, alert.title, 'text', more),
        make(`${name}.kind`, alert.kind, 'text', more),
        make(`${name}.fired_at`, alert.firedAt, 'moment', more),
        ...(alert.explanation === null
          ? []
          : [make(`${name}.explanation`, alert.explanation, 'text', more)]),
      ];
    }),
  ];
}

/** Of each kind; what is beyond is in the record. */
const MOST_LISTED = 100;

/** How long customers felt it, over all episodes that are over. */
function visibleFacts(episodes: readonly Episode[], make: MakeFact): readonly Fact[] {
  const ended = episodes.flatMap(({ markers: { impactStart, mitigated } }) =>
    impactStart === undefined || mitigated === undefined
      ? []
      : [{ ms: mitigated.at - impactStart.at, at: mitigated.setAt }],
  );
  const last = ended.at(-1);
  if (last === undefined) return [];
  const ms = ended.reduce((sum, each) => sum + each.ms, 0);
  return [make('time.customer_visible_total', ms, 'ms', { at: last.at })];
}

function reviewFacts({ reviewMarkers }: Incident, make: MakeFact): readonly Fact[] {
  const names = {
    postmortem: 'postmortem',
    actionsAssigned: 'actions_assigned',
    preventionVerified: 'prevention_verified',
  } as const;
  return (['postmortem', 'actionsAssigned', 'preventionVerified'] as const).flatMap((marker) => {
    const set = reviewMarkers[marker];
    if (set === undefined) return [];
    const more = { source: set.source, at: set.setAt };
    return [make(`marker.${names[marker]}`, set.at, 'moment', more)];
  });
}

const WAY_BACK = 'one call takes it back';

/** What was done: three lists, never one. */
function measureFacts(
  { mitigations, fixes, preventions }: Incident,
  make: MakeFact,
  idText: Pick<IdText, 'format'>,
): readonly Fact[] {
  return [
    make('mitigation.count', mitigations.length, 'count'),
    ...mitigations.slice(0, MOST_LISTED).flatMap((each, nth) => {
      const more: FactDetails = {
        source: each.isAutomatic ? 'ledger' : each.changeIds.length > 0 ? 'change' : 'person',
        at: each.at,
        evidence: { kind: 'mitigation', id: idText.format('mitigation', each.id) },
      };
      const name = `mitigation.${nth + 1}`;
      return [
        make(`${name}.title`, each.title, 'text', more),
        make(`${name}.at`, each.at, 'moment', more),
        ...(each.isReversible ? [make(`${name}.way_back`, WAY_BACK, 'text', more)] : []),
        ...(each.undoneAt === null
          ? []
          : [make(`${name}.undone_at`, each.undoneAt, 'moment', { ...more, at: each.undoneAt })]),
      ];
    }),
    make('fix.count', fixes.length, 'count'),
    ...fixes.slice(0, MOST_LISTED).flatMap((each, nth) => {
      const more: FactDetails = {
        source: each.changeId === null ? 'person' : 'change',
        at: each.at,
        ...(each.changeId === null
          ? {}
          : { evidence: { kind: 'change', id: idText.format('change', each.changeId) } }),
      };
      const name = `fix.${nth + 1}`;
      return [
        make(`${name}.text`, each.text, 'text', more),
        make(`${name}.in_force_at`, each.inForceAt, 'moment', more),
        ...(each.heldAt === null
          ? []
          : [make(`${name}.held_at`, each.heldAt, 'moment', { ...more, source: 'ledger' })]),
      ];
    }),
    make('prevention.count', preventions.length, 'count'),
    ...preventions
      .slice(0, MOST_LISTED)
      .map((each, nth) =>
        make(`prevention.${nth + 1}.text`, each.text, 'text', { source: 'person', at: each.at }),
      ),
  ];
}

function causeFacts({ incident, suspects, idText }: FactsInput, make: MakeFact): readonly Fact[] {
  const { hypotheses } = incident;
  const startAt = presentEpisode(incident).markers.impactStart?.at ?? incident.openedAt;
  return [
    make('hypothesis.count', hypotheses.length, 'count', { source: 'person' }),
    ...hypotheses.slice(0, MOST_LISTED).flatMap((each, nth) => {
      const more: FactDetails = {
        source: 'person',
        at: each.judgedAt ?? each.at,
        evidence: { kind: 'hypothesis', id: idText.format('hypothesis', each.id) },
      };
      const name = `hypothesis.${nth + 1}`;
      return [
        make(`${name}.cause`, each.cause, 'text', more),
        make(`${name}.state`, each.state, 'text', more),
        make(`${name}.stated_at`, each.at, 'moment', { ...more, at: each.at }),
        ...(each.judgedAt === null
          ? []
          : [make(`${name}.judged_at`, each.judgedAt, 'moment', more)]),
        ...(each.verdict === '' ? [] : [make(`${name}.verdict`, each.verdict, 'text', more)]),
      ];
    }),
    make('suspect.count', suspects.length, 'count'),
    ...suspects.slice(0, MOST_LISTED).flatMap((each, nth) => {
      const more: FactDetails = {
        source: 'change',
        at: each.at,
        evidence: { kind: 'change', id: idText.format('change', each.changeId) },
      };
      return [
        make(`suspect.${nth + 1}.text`, each.text, 'text', more),
        make(`suspect.${nth + 1}.at`, each.at, 'moment', more),
        make(`suspect.${nth + 1}.score`, each.score, 'share', more),
        make(`suspect.${nth + 1}.distance`, Math.abs(startAt - each.at), 'ms', more),
      ];
    }),
  ];
}

/** What people were told while it lasted, and after. */
function updateFacts({ timeline }: FactsInput, make: MakeFact): readonly Fact[] {
  const updates = timeline.filter(({ kind }) => kind === 'update');
  return [
    make('update.count', updates.length, 'count'),
    ...updates.slice(0, MOST_LISTED).flatMap(({ at, text, pinned }, nth) => {
      const more: FactDetails = { source: 'person', at };
      const owners = ownersText(pinned);
      return [
        make(`update.${nth + 1}.at`, at, 'moment', more),
        make(`update.${nth + 1}.text`, text, 'text', more),
        ...(owners === '' ? [] : [make(`update.${nth + 1}.owners`, owners, 'text', more)]),
      ];
    }),
  ];
}

/** What endpoint owners were told with an update; empty: nothing. */
export function ownersText(pinned: unknown): string {
  if (typeof pinned !== 'object' || pinned === null || !('owners' in pinned)) return '';
  return typeof pinned.owners === 'string' ? pinned.owners : '';
}

function itemFacts({ actionItems }: FactsInput, make: MakeFact): readonly Fact[] {
  const done = actionItems.filter(({ state }) => state === 'done').length;
  const open = actionItems.filter(({ state }) => state === 'open').length;
  return [
    make('action.count', actionItems.length, 'count', { source: 'person' }),
    make('action.open', open, 'count', { source: 'person' }),
    make('action.done', done, 'count', { source: 'person' }),
    ...actionItems.slice(0, MOST_LISTED).flatMap((each, nth) => {
      const more: FactDetails = { source: 'person', at: each.at };
      const name = `action.${nth + 1}`;
      const last = each.results.at(-1);
      return [
        make(`${name}.text`, each.text, 'text', more),
        ...(each.end === '' ? [] : [make(`${name}.end`, each.end, 'text', more)]),
        ...(each.dueAt === null ? [] : [make(`${name}.due_at`, each.dueAt, 'moment', more)]),
        ...(last === undefined
          ? []
          : [
              make(`${name}.result`, last.text, 'text', { source: 'verification', at: last.at }),
              make(`${name}.verified_at`, last.at, 'moment', {
                source: 'verification',
                at: last.at,
              }),
            ]),
      ];
    }),
  ];
}
