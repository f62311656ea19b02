const UNUSED = 'unused.';
let pauses = 0;

/** Another each time; there are no messages of it. */
export function unusedType(): string {
  pauses += 1;
  return `${UNUSED}${pauses}`;
}

export function isUnused(eventType: string | null): boolean {
  return eventType !== null && eventType.startsWith(UNUSED);
}

/** A mitigation that holds nothing. */
export function pauseExample({ applicationId }: { readonly applicationId: string }): object {
  return {
    kind: 'pause_event_type',
    target: { eventType: unusedType(), appId: applicationId },
  };
}
