let pauses = 0;

/** A mitigation that holds nothing: there are no messages of its event type. */
export function pauseExample({ applicationId }: { readonly applicationId: string }): object {
  pauses += 1;
  const target = { eventType: `unused.${pauses}`, appId: applicationId };
  return { kind: 'pause_event_type', target };
}
