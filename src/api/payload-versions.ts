import { fault } from '../core/index.ts';
import { isVersionName, schemaOf, type EventType } from '../change/index.ts';
import { latestVersion } from '../contract/index.ts';
import type { ApiParts } from './parts.ts';

/** Event types that one endpoint pins, at most. */
const MOST_PINS = 100;

export type PayloadVersionsOf = Readonly<Record<string, string>>;

/** Pins as they are stored: null for none. Throws `validation` for a version that there is none of. */
export async function checkedPayloadVersions(
  given: PayloadVersionsOf,
  parts: ApiParts,
): Promise<PayloadVersionsOf | null> {
  const names = Object.keys(given).toSorted();
  if (names.length > MOST_PINS) {
    throw fault('validation', {
      field: 'payloadVersions',
      detail: `An endpoint pins at most ${MOST_PINS} event types.`,
    });
  }
  const pins: [string, string][] = [];
  for (const name of names) {
    const version = given[name] ?? '';
    const eventType = await parts.configuration.eventTypes.byName(name);
    if (eventType === null || schemaOf(eventType.schemas, version) === undefined) {
      throw fault('validation', {
        field: `payloadVersions.${name.slice(0, 256)}`,
        detail: `There is no version "${version}" of the event type "${name}".`,
      });
    }
    assertVersionName(version, `payloadVersions.${name}`);
    pins.push([name, version]);
  }
  return pins.length === 0 ? null : Object.fromEntries(pins);
}

/** Throws `validation`. */
export function assertVersionName(version: string, field: string): void {
  if (isVersionName(version)) return;
  throw fault('validation', {
    field,
    detail:
      'The name of this version cannot go out in a header: it takes up to 64 characters of visible ASCII.',
  });
}

/** What an endpoint is pinned to, and whether something is made for it. */
export async function payloadVersionsView(
  pins: PayloadVersionsOf | null,
  { configuration }: ApiParts,
): Promise<object> {
  const list: object[] = [];
  for (const [name, version] of Object.entries(pins ?? {})) {
    const eventType: EventType | null = await configuration.eventTypes.byName(name);
    const versionInForce = latestVersion(eventType?.schemas ?? null) ?? null;
    list.push({
      eventType: name,
      version,
      versionInForce,
      isConverted:
        version !== versionInForce &&
        Object.hasOwn(eventType?.contract?.conversions ?? {}, version),
    });
  }
  return { payloadVersions: pins ?? {}, pins: list };
}
