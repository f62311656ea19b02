import type {
  AppliedMitigation,
  AttachedAlert,
  CauseClass,
  Episode,
  EpisodeMarker,
  EvidenceLink,
  Fix,
  Hypothesis,
  Impact,
  Incident,
  IncidentRole,
  IncidentSeverity,
  IncidentSlice,
  IncidentState,
  IntendedMitigation,
  MarkerSource,
  Mover,
  Prevention,
  ReviewMarker,
  RowSource,
  TimelineKind,
  TimelineRow,
} from './incident.ts';

/** What can happen to an incident. */
export type IncidentMove =
  | { readonly kind: 'acknowledge'; readonly note: string }
  | { readonly kind: 'assign'; readonly role: IncidentRole; readonly who: string | null }
  | {
      readonly kind: 'set_severity';
      readonly severity: IncidentSeverity;
      readonly reason: string;
      /** Where it got worse and the impact lasts, word is due then at the latest; null: nobody waits. */
      readonly updateDueBy?: number | null;
    }
  | { readonly kind: 'describe'; readonly fields: Described }
  | {
      readonly kind: 'attach_alert';
      readonly alert: AttachedAlert;
      readonly impactStartAt: number;
      /** What it is about: what is not in the incident's slice yet becomes a part of it. */
      readonly slice: IncidentSlice;
      /** What it saw lies before the impact was over: it begins no episode. */
      readonly isPast?: boolean;
    }
  | {
      readonly kind: 'mark';
      readonly marker: EpisodeMarker;
      readonly at: number;
      readonly source: MarkerSource;
      /** Needed where a person sets it. */
      readonly note: string;
      readonly evidence: readonly EvidenceLink[];
    }
  | {
      readonly kind: 'mark_review';
      readonly marker: ReviewMarker;
      readonly at: number;
      readonly source: MarkerSource;
      readonly note: string;
    }
  | { readonly kind: 'add_hypothesis'; readonly hypothesis: Hypothesis }
  | {
      readonly kind: 'judge_hypothesis';
      readonly id: number;
      readonly state: 'confirmed' | 'refuted';
      readonly verdict: string;
      readonly pinned: unknown;
    }
  /** About to be applied; null: it was not, for the reason that `note` gives, or whoever asked was told. */
  | {
      readonly kind: 'intend_mitigation';
      readonly intended: IntendedMitigation | null;
      readonly note: string;
    }
  | { readonly kind: 'add_mitigation'; readonly mitigation: AppliedMitigation }
  | {
      readonly kind: 'undo_mitigation';
      readonly id: number;
      readonly undoChangeIds: readonly number[];
    }
  | { readonly kind: 'keep_mitigation'; readonly id: number; readonly reason: string }
  | { readonly kind: 'add_fix'; readonly fix: Fix }
  | { readonly kind: 'fix_held'; readonly id: number; readonly at: number }
  | { readonly kind: 'add_prevention'; readonly prevention: Prevention }
  | {
      readonly kind: 'refresh';
      readonly impact: Impact;
      readonly severity: IncidentSeverity;
      /** As for `set_severity`. */
      readonly updateDueBy?: number | null;
    }
  | {
      readonly kind: 'update';
      readonly responders: string;
      readonly owners: string;
      /** When word is due again; null: no more. */
      readonly nextDueAt: number | null;
    }
  /** People wait for word from now on, until then. */
  | { readonly kind: 'expect_update'; readonly dueAt: number }
  | { readonly kind: 'remind'; readonly text: string; readonly nextDueAt: number | null }
  | { readonly kind: 'review' }
  | { readonly kind: 'close' }
  | { readonly kind: 'decline'; readonly reason: string }
  | { readonly kind: 'merge'; readonly into: number }
  /** Mitigations in force of one that became a part of it: they are undone from here. */
  | { readonly kind: 'take_over'; readonly mitigations: readonly AppliedMitigation[] }
  | { readonly kind: 'reopen'; readonly at: number; readonly reason: string };

export type Described = {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly owner?: string | undefined;
  readonly consumers?: readonly string[] | undefined;
  readonly causeClass?: CauseClass | undefined;
  readonly slice?: IncidentSlice | undefined;
};

/** Who moves it, and when. */
export type MovedBy = {
  readonly actor: string;
  readonly now: number;
  /** Absent: a person. */
  readonly source?: RowSource;
};

export function movedBy(mover: Mover, now: number): MovedBy {
  return typeof mover === 'string' ? { actor: mover, now } : { ...mover, now };
}

/** A row that a move leaves, before it has an id. */
export type RowDraft = Omit<TimelineRow, 'id' | 'incidentId'>;

export type Moved =
  | { readonly kind: 'moved'; readonly incident: Incident; readonly rows: readonly RowDraft[] }
  /** Not possible in its state, or by its order: why, and the field to blame where there is one. */
  | { readonly kind: 'refused'; readonly field: string | null; readonly detail: string };

export function withEpisode(incident: Incident, episode: Episode): Incident {
  return { ...incident, episodes: [...incident.episodes.slice(0, -1), episode] };
}

export function stateRow(from: IncidentState, to: IncidentState, by: MovedBy): readonly RowDraft[] {
  return from === to ? [] : [rowDraft(by, 'state', `${sayState(from)} → ${sayState(to)}`, by.now)];
}

export function rowDraft(
  { actor, source = 'person' }: MovedBy,
  kind: TimelineKind,
  text: string,
  at: number,
  evidence: readonly EvidenceLink[] = [],
): RowDraft {
  return { at, kind, source, by: actor, text, evidence, pinned: null };
}

export function sayState(state: string): string {
  return state.replace('_', ' ');
}

export function moved(incident: Incident, rows: readonly RowDraft[]): Moved {
  return { kind: 'moved', incident, rows };
}

export function refused(detail: string, field: string | null = null): Moved {
  return { kind: 'refused', field, detail };
}

export function tooMany(what: string, most: number): Moved {
  return refused(`An incident holds at most ${most} ${what}.`);
}
