import type { Wrong } from './operation.ts';

/** Refused by every list. */
export const wrongPages: readonly Wrong[] = [
  { query: 'limit=251', field: 'limit' },
  { query: 'limit=-1', field: 'limit' },
  { query: 'limit=many', field: 'limit' },
];
export const wrongIdPages: readonly Wrong[] = [
  ...wrongPages,
  { query: 'iterator=no', field: 'iterator' },
];
export const wrongOrder: Wrong = { query: 'order=sideways', field: 'order' };
export const wrongTimes: readonly Wrong[] = [
  { query: 'before=yesterday', field: 'before' },
  { query: 'after=yesterday', field: 'after' },
];
export const wrongStatus: Wrong = { query: 'status=4', field: 'status' };
export const wrongClass: Wrong = { query: 'status_code_class=250', field: 'status_code_class' };

export const wrongApplicationFields: readonly Wrong[] = [
  { body: { name: '' }, field: 'name' },
  { body: { name: null }, field: 'name' },
  { body: { uid: 'not a uid' }, field: 'uid' },
  { body: { uid: 'app_mine' }, field: 'uid' },
  { body: { throttleRate: 0 }, field: 'throttleRate' },
  { body: { throttleRate: 65_536 }, field: 'throttleRate' },
  { body: { metadata: { depth: 1 } }, field: 'metadata' },
];
export const wrongEndpointFields: readonly Wrong[] = [
  { body: { url: 'nowhere' }, field: 'url' },
  { body: { url: 'ftp://example.com/' }, field: 'url' },
  { body: { uid: 'ep_mine' }, field: 'uid' },
  { body: { description: null }, field: 'description' },
  { body: { disabled: null }, field: 'disabled' },
  { body: { eventTypes: [] }, field: 'eventTypes' },
  { body: { eventTypes: ['no.such.type'] }, field: 'eventTypes' },
  { body: { channels: [] }, field: 'channels' },
  { body: { channels: Array.from({ length: 11 }, (_, place) => `c${place}`) }, field: 'channels' },
  { body: { throttleRate: 0 }, field: 'throttleRate' },
];
export const wrongSecrets = (field: string): readonly Wrong[] => [
  { body: { [field]: 'whsec_c2hvcnQ=' }, field: 'secret' },
  { body: { [field]: 'not base64, but long enough to be one' }, field: 'secret' },
];
export const wrongHeaders: readonly Wrong[] = [
  { body: { headers: undefined }, field: 'headers' },
  { body: { headers: { 'not a name': 'x' } }, field: 'headers' },
  { body: { headers: { 'Content-Length': '1' } }, field: 'headers' },
  { body: { headers: { 'svix-id': 'x' } }, field: 'headers' },
];
export const wrongEventTypeFields: readonly Wrong[] = [
  { body: { archived: null }, field: 'archived' },
  { body: { deprecated: 'yes' }, field: 'deprecated' },
  { body: { featureFlag: 'not a name' }, field: 'featureFlag' },
  { body: { schemas: { 1: 'text' } }, field: 'schemas' },
];
