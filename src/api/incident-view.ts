import type { IdText } from '../core/index.ts';
import {
  presentEpisode,
  type AppliedMitigation,
  type Episode,
  type Fix,
  type Hypothesis,
  type Impact,
  type Incident,
  type IncidentSlice,
  type Marker,
  type Movement,
  type Prevention,
  type Suspect,
  type TimelineRow,
} from '../incident/index.ts';
import type { Change } from '../ledger/index.ts';
import { changeView } from './change-view.ts';
import { targetView } from './mitigation-target.ts';
import { momentText } from './moment.ts';

/** An incident as lists show it: the present episode alone, and none of the three lists. */
export function incidentView(incident: Incident, idText: IdText): object {
  const episode = presentEpisode(incident);
  return {
    id: idText.format('incident', incident.id),
    state: incident.state,
    title: incident.title,
    severity: incident.severity,
    isSeverityByHand: incident.isSeverityByHand,
    owner: incident.owner,
    consumers: incident.consumers,
    slice: sliceView(incident.slice, idText),
    causeClass: incident.causeClass,
    detectedBy: incident.detectedBy,
    isDrill: incident.isDrill,
    isRetrospective: incident.isRetrospective,
    openedAt: momentText(incident.openedAt),
    openedBy: incident.openedBy,
    endedAt: orNull(incident.endedAt),
    mergedInto:
      incident.mergedInto === null ? null : idText.format('incident', incident.mergedInto),
    roles: incident.roles,
    episode: episode.nth,
    markers: markersView(episode.markers),
    durations: durationsOf(episode),
    impact: incident.impact === null ? null : impactView(incident.impact),
  };
}

export function incidentDetailView(
  incident: Incident,
  timelineRows: number,
  names: readonly string[],
  idText: IdText,
): object {
  return {
    ...incidentView(incident, idText),
    summary: incident.summary,
    declinedBecause: incident.declinedBecause,
    episodes: incident.episodes.map((episode) => ({
      nth: episode.nth,
      markers: markersView(episode.markers),
      durations: durationsOf(episode),
      alerts: episode.alerts.map(({ publicId, firedAt, ...alert }) => ({
        ...alert,
        alertId: publicId,
        firedAt: momentText(firedAt),
      })),
    })),
    reviewMarkers: markersView(incident.reviewMarkers),
    hypotheses: incident.hypotheses.map((each) => hypothesisView(each, idText)),
    mitigations: incident.mitigations.map((each) => mitigationView(each, idText)),
    fixes: incident.fixes.map((each) => fixView(each, idText)),
    preventions: incident.preventions.map((each) => preventionView(each, idText)),
    updateDueAt: orNull(incident.updateDueAt),
    updatedAt: orNull(incident.updatedAt),
    timelineRows,
    names,
  };
}

export function timelineRowView(row: TimelineRow, idText: IdText): object {
  const { id, at, kind, source, by, text, evidence, pinned } = row;
  return {
    id: idText.format('timeline', id),
    at: momentText(at),
    kind,
    source,
    by,
    text,
    evidence,
    pinned,
  };
}

export function movementView({ changedAt, ...rest }: Movement): object {
  return { changedAt: momentText(changedAt), ...rest };
}

/** @param isAdmin what admins alone may see of a change is told of otherwise, without a field of it. */
export function suspectView(
  { changeId: _, at, together, ...suspect }: Suspect,
  change: Change,
  idText: IdText,
  isAdmin: boolean,
): object {
  return {
    ...suspect,
    at: momentText(at),
    together: changeTexts(together, idText),
    change: changeView(change, idText, isAdmin),
  };
}

/** null: a marker that it needs is not set. */
function durationsOf({ markers }: Pick<Episode, 'markers'>): {
  readonly timeToDetectMs: number | null;
  readonly timeToMitigateMs: number | null;
  readonly customerVisibleMs: number | null;
} {
  const { impactStart, detected, mitigated } = markers;
  return {
    timeToDetectMs: between(impactStart, detected),
    timeToMitigateMs: between(detected, mitigated),
    customerVisibleMs: between(impactStart, mitigated),
  };
}

function between(from: Marker | undefined, to: Marker | undefined): number | null {
  return from === undefined || to === undefined ? null : to.at - from.at;
}

function markersView(markers: { readonly [name: string]: Marker | undefined }): object {
  return Object.fromEntries(
    Object.entries(markers).flatMap(([name, marker]) =>
      marker === undefined
        ? []
        : [[name, { ...marker, at: momentText(marker.at), setAt: momentText(marker.setAt) }]],
    ),
  );
}

function sliceView(slice: IncidentSlice, idText: IdText): object {
  return {
    ...slice,
    appIds: slice.appIds.map((id) => idText.format('application', id)),
    endpointIds: slice.endpointIds.map((id) => idText.format('endpoint', id)),
  };
}

function impactView({ at, fromAt, ...impact }: Impact): object {
  return { at: momentText(at), from: momentText(fromAt), ...impact };
}

function hypothesisView(hypothesis: Hypothesis, idText: IdText): object {
  const { id, at, judgedAt, changeIds, copiedFrom, ...rest } = hypothesis;
  return {
    id: idText.format('hypothesis', id),
    ...rest,
    at: momentText(at),
    judgedAt: orNull(judgedAt),
    changeIds: changeTexts(changeIds, idText),
    copiedFrom: copiedFrom === null ? null : idText.format('incident', copiedFrom),
  };
}

export function mitigationView(mitigation: AppliedMitigation, idText: IdText): object {
  const { id, actId } = mitigation;
  return {
    id: idText.format('mitigation', id),
    kind: mitigation.kind,
    title: mitigation.title,
    target: targetView(mitigation.target, idText),
    by: mitigation.by,
    isAutomatic: mitigation.isAutomatic,
    at: momentText(mitigation.at),
    changeIds: changeTexts(mitigation.changeIds, idText),
    actId: actId === null ? null : idText.format('act', actId),
    undoneAt: orNull(mitigation.undoneAt),
    undoneBy: mitigation.undoneBy,
    undoChangeIds: changeTexts(mitigation.undoChangeIds, idText),
    isReversible: mitigation.isReversible,
    keptBecause: mitigation.keptBecause,
  };
}

function fixView({ id, changeId, inForceAt, at, heldAt, ...rest }: Fix, idText: IdText): object {
  return {
    id: idText.format('fix', id),
    ...rest,
    changeId: changeId === null ? null : idText.format('change', changeId),
    inForceAt: momentText(inForceAt),
    at: momentText(at),
    heldAt: orNull(heldAt),
  };
}

function preventionView({ id, at, ...rest }: Prevention, idText: IdText): object {
  return { id: idText.format('prevention', id), ...rest, at: momentText(at) };
}

function changeTexts(ids: readonly number[], idText: IdText): readonly string[] {
  return ids.map((id) => idText.format('change', id));
}

function orNull(at: number | null): string | null {
  return at === null ? null : momentText(at);
}
