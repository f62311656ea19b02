import type { Endpoint } from './records.ts';

/** Whether an endpoint asked for a message: by event type, and by channel where it names channels. */
export function isMatch(
  endpoint: Endpoint,
  eventType: string,
  channels: readonly string[] | null,
): boolean {
  if (endpoint.eventTypes !== null && !endpoint.eventTypes.includes(eventType)) return false;
  if (endpoint.channels === null) return true;
  return channels !== null && endpoint.channels.some((channel) => channels.includes(channel));
}
