import {
  type Episode,
  type EpisodeMarker,
  type EvidenceLink,
  type Incident,
  type IncidentState,
  type MarkerSource,
  presentEpisode,
  type ReviewMarker,
} from './incident.ts';
import {
  type IncidentMove,
  type Moved,
  moved,
  type MovedBy,
  refused,
  rowDraft,
  stateRow,
  withEpisode,
} from './moves.ts';

type Mark = {
  readonly marker: EpisodeMarker;
  readonly at: number;
  readonly source: MarkerSource;
  readonly note: string;
  readonly evidence?: readonly EvidenceLink[];
};

export function mark(incident: Incident, by: MovedBy, given: Mark): Moved {
  const { marker, at, source, note, evidence = [] } = given;
  const episode = presentEpisode(incident);
  const known = episode.markers[marker];
  if (known !== undefined) {
    if (marker === 'acknowledged') return moved(incident, []);
    return refused(
      `"${marker}" of episode ${episode.nth} is set already, from ${known.source}. Markers are set once.`,
      'marker',
    );
  }
  if (at > by.now) return refused('A marker cannot lie in the future.', 'at');
  if (source === 'person' && marker !== 'acknowledged' && note.trim() === '') {
    return refused('Say how you know: a marker that a person sets needs a reason.', 'note');
  }
  if (marker === 'causeLocated' && source === 'person' && !isLocated(incident)) {
    return refused(
      'No hypothesis is confirmed. State the cause as a hypothesis, with the SLI that it must move, and confirm it once that moved: this sets the marker. Only an incident that is taken in after the fact has it set by hand, with a reason.',
      'marker',
    );
  }
  const wrong = disorderOf(episode, marker, at);
  if (wrong !== null) return refused(wrong, 'at');
  if (marker === 'fixed' && episode.markers.mitigated === undefined) {
    return refused('The impact is not over: set "mitigated" first.', 'marker');
  }
  const set = { at, source, by: by.actor, note, setAt: by.now };
  const markers = { ...episode.markers, [marker]: set };
  const state = stateAfter(incident.state, marker);
  const next: Incident = {
    ...withEpisode(incident, { ...episode, markers }),
    state,
    // Nobody waits for word of an impact that is over.
    ...(marker === 'mitigated' ? { updateDueAt: null } : {}),
  };
  const rows = [rowDraft(by, 'marker', sayMarker(marker, note), at, evidence)];
  return moved(next, [...rows, ...stateRow(incident.state, state, by)]);
}

/** What happened long ago is taken in as it is remembered: nothing that was confirmed then is confirmed here. */
function isLocated({ isRetrospective, hypotheses }: Incident): boolean {
  return isRetrospective || hypotheses.some(({ state }) => state === 'confirmed');
}

/** What stands between the markers before and after it; null: it is in order. */
function disorderOf({ markers }: Episode, marker: EpisodeMarker, at: number): string | null {
  for (const [first, second] of markerOrder) {
    if (second === marker) {
      const before = markers[first];
      if (before !== undefined && at < before.at) {
        return `"${marker}" cannot come before "${first}", which was at ${new Date(before.at).toISOString()}.`;
      }
    }
    if (first === marker) {
      const after = markers[second];
      if (after !== undefined && at > after.at) {
        return `"${marker}" cannot come after "${second}", which was at ${new Date(after.at).toISOString()}.`;
      }
    }
  }
  return null;
}

/** [earlier, later]. */
export const markerOrder: readonly (readonly [EpisodeMarker, EpisodeMarker])[] = [
  ['impactStart', 'detected'],
  ['impactStart', 'mitigated'],
  ['detected', 'acknowledged'],
  ['detected', 'mitigated'],
  ['detected', 'causeLocated'],
  ['detected', 'fixed'],
  ['mitigated', 'fixed'],
];

function stateAfter(state: IncidentState, marker: EpisodeMarker): IncidentState {
  if (marker === 'mitigated' && state === 'open') return 'mitigated';
  if (marker === 'fixed' && state === 'mitigated') return 'fixed';
  return state;
}

export function markReview(
  incident: Incident,
  given: Extract<IncidentMove, { readonly kind: 'mark_review' }>,
  by: MovedBy,
): Moved {
  const { marker, at, source, note } = given;
  if (incident.reviewMarkers[marker] !== undefined) {
    return refused(`"${marker}" is set already. Markers are set once.`, 'marker');
  }
  if (at > by.now) return refused('A marker cannot lie in the future.', 'at');
  const set = { at, source, by: by.actor, note, setAt: by.now };
  return moved({ ...incident, reviewMarkers: { ...incident.reviewMarkers, [marker]: set } }, [
    rowDraft(by, 'marker', sayMarker(marker, note), at),
  ]);
}

const markerWords: Readonly<Record<EpisodeMarker | ReviewMarker, string>> = {
  impactStart: 'Impact began',
  detected: 'T+0: detected',
  acknowledged: 'Acknowledged',
  mitigated: 'Mitigated: the impact is over',
  causeLocated: 'Cause located',
  fixed: 'Fixed: the cause is removed',
  postmortem: 'Postmortem passed its review',
  actionsAssigned: 'Every action item has an owner, a date and a verification',
  preventionVerified: 'Prevention verified',
};

function sayMarker(marker: EpisodeMarker | ReviewMarker, note: string): string {
  return note === '' ? `${markerWords[marker]}.` : `${markerWords[marker]}: ${note}`;
}
