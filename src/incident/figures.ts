import type { Ledger } from '../ledger/index.ts';
import {
  causeClasses,
  type CauseClass,
  type Episode,
  type EpisodeMarker,
  type Incident,
} from './incident.ts';
import { incidentOf } from './incidents.ts';

/** The middle of so many, never their mean: one long night would stand for all. null: there are none. */
export type Median = { readonly medianMs: number | null; readonly count: number };

/** Of incidents whose first detection lies in a span; times are of their episodes, each spell of impact for itself. */
export type IncidentFigures = {
  readonly incidents: number;
  /** Of them, those that were taken in after the fact: their markers are what people remember. */
  readonly retrospective: number;
  /** Impact start → detected. */
  readonly detect: Median;
  /** Detected → acknowledged. */
  readonly acknowledge: Median;
  /** Detected → mitigated. */
  readonly mitigate: Median;
  /** Detected → fixed. */
  readonly repair: Median;
  /** Impact start → mitigated: what customers saw. */
  readonly visible: Median;
  /** Those that the system found before a person. */
  readonly foundBySystem: number;
  /** Those that happened before within 90 days: the same explanation, or the same cause class and slice. */
  readonly recurring: number;
};

export type Figures = {
  readonly fromAt: number;
  readonly beforeAt: number;
  readonly all: IncidentFigures;
  readonly byCauseClass: readonly (IncidentFigures & { readonly causeClass: CauseClass })[];
  /** Staged ones; they are in nothing else here. */
  readonly drills: IncidentFigures;
};

export type FiguresSpan = { readonly fromAt: number; readonly beforeAt: number };

const RECURS_MS = 90 * 86_400_000;
const PAGE = 500;
const MOST_READ = 100_000;

/** Declined and merged ones count nowhere. @param incidents also those of 90 days before the span, for recurrence. */
export function figuresOf(
  incidents: readonly Incident[],
  { fromAt, beforeAt }: FiguresSpan,
): Figures {
  const counted = incidents.filter(({ state }) => state !== 'declined' && state !== 'merged');
  const real = counted.filter(({ isDrill }) => !isDrill);
  const drills = counted.filter(({ isDrill }) => isDrill);
  const isIn = (incident: Incident): boolean =>
    detectedAt(incident) >= fromAt && detectedAt(incident) < beforeAt;
  const of = (given: readonly Incident[], recurring: ReadonlySet<number>): IncidentFigures =>
    figuresOfSome(given.filter(isIn), recurring);
  const recurringReal = recurringOf(real);
  const classes = causeClasses.filter((causeClass) =>
    real.some((incident) => incident.causeClass === causeClass && isIn(incident)),
  );
  return {
    fromAt,
    beforeAt,
    all: of(real, recurringReal),
    byCauseClass: classes.map((causeClass) => ({
      causeClass,
      ...of(
        real.filter((incident) => incident.causeClass === causeClass),
        recurringReal,
      ),
    })),
    drills: of(drills, recurringOf(drills)),
  };
}

/**
 * Reads incidents page by page, the newest first, back to 90 days before the span: at most 100,000. What was opened
 * earlier was detected earlier, and counts for nothing.
 */
export async function readFigures(
  ledger: Pick<Ledger, 'incidents'>,
  span: FiguresSpan,
): Promise<Figures> {
  const read: Incident[] = [];
  for (let afterId: number | undefined; read.length < MOST_READ;) {
    const page = await ledger.incidents({ limit: PAGE, descending: true, afterId });
    for (const stored of page) {
      const incident = incidentOf(stored);
      if (incident !== null) read.push(incident);
    }
    const last = read.at(-1);
    if (page.length < PAGE || last === undefined) break;
    if (last.openedAt < span.fromAt - RECURS_MS) break;
    afterId = page.at(-1)?.id;
  }
  return figuresOf(read, span);
}

function figuresOfSome(
  incidents: readonly Incident[],
  recurring: ReadonlySet<number>,
): IncidentFigures {
  const episodes = incidents.flatMap((incident) => incident.episodes);
  const between = (from: EpisodeMarker, to: EpisodeMarker): Median =>
    medianBetween(episodes, from, to);
  return {
    incidents: incidents.length,
    retrospective: incidents.filter(({ isRetrospective }) => isRetrospective).length,
    detect: between('impactStart', 'detected'),
    acknowledge: between('detected', 'acknowledged'),
    mitigate: between('detected', 'mitigated'),
    repair: between('detected', 'fixed'),
    visible: between('impactStart', 'mitigated'),
    foundBySystem: incidents.filter(({ detectedBy }) => detectedBy === 'system').length,
    recurring: incidents.filter(({ id }) => recurring.has(id)).length,
  };
}

function medianBetween(
  episodes: readonly Episode[],
  from: EpisodeMarker,
  to: EpisodeMarker,
): Median {
  const spans = episodes
    .flatMap(({ markers }) => {
      const [start, end] = [markers[from], markers[to]];
      return start === undefined || end === undefined ? [] : [end.at - start.at];
    })
    .toSorted((one, other) => one - other);
  const [low, high] = [spans[(spans.length - 1) >> 1], spans[spans.length >> 1]];
  if (low === undefined || high === undefined) return { medianMs: null, count: 0 };
  return { medianMs: (low + high) / 2, count: spans.length };
}

/**
 * Ids of those that were before, within 90 days: one with the same explanation, or of the same cause class and slice,
 * was detected earlier. One pass in the order of their detection.
 */
function recurringOf(incidents: readonly Incident[]): ReadonlySet<number> {
  const ordered = incidents
    .map((incident) => ({ incident, at: detectedAt(incident) }))
    .toSorted((one, other) => one.at - other.at);
  const recurring = new Set<number>();
  /** By key: the newest detection, and the one before it, since two of one moment are not before each other. */
  const seen = new Map<string, { readonly at: number; readonly beforeIt: number }>();
  for (const { incident, at } of ordered) {
    for (const key of keysOf(incident)) {
      const known = seen.get(key) ?? { at: -Infinity, beforeIt: -Infinity };
      const earlierAt = known.at < at ? known.at : known.beforeIt;
      if (at - earlierAt <= RECURS_MS) recurring.add(incident.id);
      if (known.at < at) seen.set(key, { at, beforeIt: known.at });
    }
  }
  return recurring;
}

/** What makes two incidents the same again. */
function keysOf(incident: Incident): readonly string[] {
  const explanation = explanationOf(incident);
  const { causeClass } = incident;
  return [
    ...(explanation === null ? [] : [`explained by ${explanation}`]),
    ...(causeClass === 'unknown' ? [] : [`${causeClass} of ${sliceKey(incident)}`]),
  ];
}

function explanationOf({ episodes }: Incident): string | null {
  const alerts = episodes.flatMap((episode) => episode.alerts);
  return alerts.find(({ explanation }) => explanation !== null)?.explanation ?? null;
}

function sliceKey({ slice: { objective, appIds, endpointIds, eventTypes } }: Incident): string {
  const sorted = [appIds, endpointIds, eventTypes].map((part) => part.map(String).toSorted());
  return JSON.stringify([objective, ...sorted]);
}

function detectedAt({ episodes, openedAt }: Incident): number {
  return episodes[0]?.markers.detected?.at ?? openedAt;
}
