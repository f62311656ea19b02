import type { ChangeBy } from '../ledger/index.ts';
import type { AlertSeverity } from '../slo/index.ts';

/**
 * What an incident is. Terms: impact is what customers feel; a mitigation stops it, a fix removes its cause, a
 * prevention removes the class of causes: three lists, never one. T+0 is the detection; impact began before it.
 * Moments are milliseconds since the epoch.
 */

export const incidentStates = [
  'open',
  'mitigated',
  'fixed',
  'in_review',
  'closed',
  'declined',
  'merged',
] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Of one episode, in the order in which they may come. */
export const episodeMarkers = [
  'impactStart',
  'detected',
  'acknowledged',
  'mitigated',
  'causeLocated',
  'fixed',
] as const;
export type EpisodeMarker = (typeof episodeMarkers)[number];

/** Of the incident as a whole: what follows when the impact is over. */
export const reviewMarkers = ['postmortem', 'actionsAssigned', 'preventionVerified'] as const;
export type ReviewMarker = (typeof reviewMarkers)[number];

/** From what a marker was taken. */
export const markerSources = ['ledger', 'alert', 'change', 'person', 'verification'] as const;
export type MarkerSource = (typeof markerSources)[number];

/** A moment that was set from facts, and is never overwritten. */
export type Marker = {
  readonly at: number;
  readonly source: MarkerSource;
  /** Who set it; `holdfast`: the service. */
  readonly by: string;
  /** Why it is this moment, in a sentence; empty where the source says it all. */
  readonly note: string;
  /** When it was written down. */
  readonly setAt: number;
};

/** One spell of impact. What fires again after it was over is a new one, with markers of its own. */
export type Episode = {
  /** From 1. */
  readonly nth: number;
  readonly markers: { readonly [Name in EpisodeMarker]?: Marker };
  /** The alerts that belong to it, by id; the same alert that reopens counts once more. */
  readonly alerts: readonly AttachedAlert[];
};

export type AttachedAlert = {
  readonly alertId: number;
  /** As it is called outside. */
  readonly publicId: string;
  /** Which of its firings. */
  readonly count: number;
  readonly key: string;
  readonly kind: string;
  readonly group: string;
  readonly title: string;
  readonly firedAt: number;
  /** When it was attached; one that gets worse is attached once more. */
  readonly severity: AlertSeverity;
  /** The team that had to act; empty: nobody was named. */
  readonly owner: string;
  /** What separated failing from healthy when it was attached, such as `endpoint ep_…`; null: nothing did. */
  readonly explanation: string | null;
};

export const incidentRoles = ['lead', 'communications', 'scribe'] as const;
export type IncidentRole = (typeof incidentRoles)[number];

/** 1 is the worst. */
export type IncidentSeverity = 1 | 2 | 3 | 4;

/** Kinds of causes, for figures by cause class. */
export const causeClasses = [
  'configuration',
  'deploy',
  'data',
  'capacity',
  'dependency',
  'network',
  'certificate',
  'concurrency',
  'hardware',
  'unknown',
] as const;
export type CauseClass = (typeof causeClasses)[number];

/** What is hit: empty lists mean all. Ids as in the ledger. */
export type IncidentSlice = {
  readonly objective: string | null;
  readonly appIds: readonly number[];
  readonly endpointIds: readonly number[];
  readonly eventTypes: readonly string[];
};

export type Money = {
  readonly currency: string;
  /** Minor units carried by deliveries that are late, or still open beyond their deadline. */
  readonly delayed: number;
  /** Minor units carried by deliveries that will not arrive by themselves: dead or cancelled. */
  readonly lost: number;
  /** Both, per week, at the rate of the last hour. */
  readonly perWeek: number;
};

export type Impact = {
  /** When it was reckoned. */
  readonly at: number;
  readonly fromAt: number;
  /** First attempts that failed. */
  readonly failed: number;
  readonly late: number;
  readonly dead: number;
  /** Accepted and in no state: 0, or say which. */
  readonly lost: number;
  /** Deliveries of the slice in the same time, good ones included. */
  readonly deliveries: number;
  readonly messages: number;
  readonly endpoints: number;
  readonly applications: number;
  /** null: no application that is hit declares any. */
  readonly people: number | null;
  readonly money: readonly Money[];
};

export const hypothesisStates = ['open', 'confirmed', 'refuted'] as const;
export type HypothesisState = (typeof hypothesisStates)[number];

/** A cause that is thought of, with what would show it wrong. */
export type Hypothesis = {
  readonly id: number;
  readonly state: HypothesisState;
  readonly cause: string;
  /** What it must move: the SLI of an objective that counts all of the incident's slice, by name. */
  readonly metric: string;
  readonly refutedBy: string;
  /** Changes that it blames, or that would test it. */
  readonly changeIds: readonly number[];
  readonly by: string;
  readonly at: number;
  /** The incident it was copied from: its refutation is asked for first. */
  readonly copiedFrom: number | null;
  readonly judgedAt: number | null;
  readonly judgedBy: string | null;
  /** What was seen when it was judged. */
  readonly verdict: string;
};

/** Impact stopped, before the cause is known. */
export type AppliedMitigation = {
  readonly id: number;
  /** Of the menu. */
  readonly kind: string;
  readonly title: string;
  /** What it was applied to, as the menu gave it. */
  readonly target: Readonly<Record<string, unknown>>;
  /** Settings it touches: two that touch one cannot run side by side. */
  readonly touches: readonly string[];
  readonly by: string;
  readonly isAutomatic: boolean;
  readonly at: number;
  /** Changes it made: undoing it reverts these. */
  readonly changeIds: readonly number[];
  readonly actId: number | null;
  readonly undoneAt: number | null;
  readonly undoneBy: string | null;
  /** Changes that took it back. */
  readonly undoChangeIds: readonly number[];
  /** It can be taken back by one call. */
  readonly isReversible: boolean;
  /** Why it stays when the incident is closed: it was the fix, or became how things are. null: it is to be undone. */
  readonly keptBecause: string | null;
};

/**
 * What is about to be applied, written down before it is: a life that ends between a mitigation's change and its record
 * leaves this, by which the next one finds the change.
 */
export type IntendedMitigation = {
  /** As it will be kept, without what it made. */
  readonly mitigation: AppliedMitigation;
  /** What its change is recorded with. */
  readonly by: ChangeBy;
};

/** This cause removed. */
export type Fix = {
  readonly id: number;
  readonly text: string;
  /** The change that carries it; null: it was made where we cannot see it. */
  readonly changeId: number | null;
  /** Since when it is in force. */
  readonly inForceAt: number;
  readonly by: string;
  readonly at: number;
  /** When the outcome metric had held after it; null: not yet. */
  readonly heldAt: number | null;
};

/** The class of causes removed. Its date and verification come with the review. */
export type Prevention = {
  readonly id: number;
  readonly text: string;
  readonly by: string;
  readonly at: number;
};

export type Incident = {
  readonly id: number;
  readonly state: IncidentState;
  readonly title: string;
  readonly summary: string;
  readonly severity: IncidentSeverity;
  /** Somebody set it: impact moves it no more. */
  readonly isSeverityByHand: boolean;
  readonly owner: string;
  readonly consumers: readonly string[];
  readonly slice: IncidentSlice;
  readonly causeClass: CauseClass;
  /** Who noticed: the system's alert, or a person before it. */
  readonly detectedBy: 'system' | 'person';
  /** A staged one: in no figures. */
  readonly isDrill: boolean;
  /** Taken in after the fact: nothing is watched, nobody is told. */
  readonly isRetrospective: boolean;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly endedAt: number | null;
  /** Why it was declined; empty otherwise. */
  readonly declinedBecause: string;
  readonly mergedInto: number | null;
  readonly roles: { readonly [Role in IncidentRole]?: string };
  /** The last one is the present one. */
  readonly episodes: readonly Episode[];
  readonly reviewMarkers: { readonly [Name in ReviewMarker]?: Marker };
  readonly impact: Impact | null;
  readonly hypotheses: readonly Hypothesis[];
  readonly mitigations: readonly AppliedMitigation[];
  /** Absent: none is being applied. */
  readonly intended?: IntendedMitigation;
  readonly fixes: readonly Fix[];
  readonly preventions: readonly Prevention[];
  /** When responders are to be told next; null: nobody waits for word. */
  readonly updateDueAt: number | null;
  readonly updatedAt: number | null;
};

export const timelineKinds = [
  'opened',
  'alert',
  'change',
  'mitigation',
  'undo',
  'fix',
  'prevention',
  'hypothesis',
  'sli',
  'impact',
  'marker',
  'severity',
  'role',
  'state',
  'update',
  'reminder',
  'evidence',
  'note',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** Where a row's evidence is: a thing of ours by its kind and id, or an address elsewhere. */
export type EvidenceLink =
  | {
      readonly kind: 'alert' | 'change' | 'incident' | 'mitigation' | 'hypothesis' | 'objective';
      readonly id: string;
    }
  | { readonly kind: 'url'; readonly url: string };

export type TimelineRow = {
  readonly id: number;
  readonly incidentId: number;
  /** When it happened. */
  readonly at: number;
  readonly kind: TimelineKind;
  readonly source: RowSource;
  /** `holdfast`, or who wrote it. */
  readonly by: string;
  readonly text: string;
  readonly evidence: readonly EvidenceLink[];
  /** Evidence as it was at that time, pinned; null: none. */
  readonly pinned: unknown;
};

/** As rows and changes name the service; no token is called so. */
export const SYSTEM = 'holdfast';

/** Whose a row is: what the service writes by itself, and what somebody made it write. */
export const rowSources = ['system', 'person'] as const;
export type RowSource = (typeof rowSources)[number];

/** The service itself, where it moves an incident: it is told by this, never by a name that somebody may bear. */
export const bySystem = { actor: SYSTEM, source: 'system' } as const;

/** Who moves an incident: the service, or a person by the name of a token. */
export type Mover = string | typeof bySystem;

/** Bounds of one incident. */
export const incidentBounds = {
  title: 300,
  text: 10_000,
  name: 256,
  alerts: 1000,
  episodes: 100,
  hypotheses: 100,
  mitigations: 200,
  fixes: 100,
  preventions: 100,
  evidenceLinks: 20,
  pinnedJson: 65_536,
  /** By people, and by the service. */
  timelineRows: { people: 100_000, system: 100_000 },
} as const;

export function presentEpisode({ episodes }: Pick<Incident, 'episodes'>): Episode {
  const last = episodes.at(-1);
  if (last === undefined) throw new Error('an incident has an episode');
  return last;
}

export function isEnded({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'closed' || state === 'declined' || state === 'merged';
}

/** Mitigations in force. */
export function inForce({
  mitigations,
}: Pick<Incident, 'mitigations'>): readonly AppliedMitigation[] {
  return mitigations.filter(({ undoneAt }) => undoneAt === null);
}
