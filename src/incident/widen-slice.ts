import type { IncidentSlice } from './incident.ts';

/** Ids that a slice names at most; beyond them it stays as it is. */
export const MOST_IDS = 1000;

/**
 * A slice that names endpoints, with those of another one that does: what joins an incident is hit too, and is counted.
 * Any other stays as it is; it holds what joined already, or says by its objective what it is about. Pure.
 */
export function widenSlice(slice: IncidentSlice, joined: IncidentSlice): IncidentSlice {
  const isOfEndpoints = slice.endpointIds.length > 0 && joined.endpointIds.length > 0;
  // Of some event types alone it was described by somebody.
  if (!isOfEndpoints || slice.eventTypes.length > 0 || joined.eventTypes.length > 0) return slice;
  const endpointIds = [...new Set([...slice.endpointIds, ...joined.endpointIds])];
  if (endpointIds.length === slice.endpointIds.length || endpointIds.length > MOST_IDS) {
    return slice;
  }
  // Without applications it holds those endpoints of any.
  const hasApps = slice.appIds.length > 0 && joined.appIds.length > 0;
  const appIds = hasApps ? [...new Set([...slice.appIds, ...joined.appIds])] : [];
  return { ...slice, appIds, endpointIds };
}
