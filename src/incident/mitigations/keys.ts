/**
 * What a mitigation touches, as keys: `setting/KIND/ID/FIELD/NAME` for configuration and `lane/APPLICATION/ENDPOINT` for
 * deliveries. A key stands for all that begins with it: `lane/7` for all lanes of an application, `lane` for all lanes.
 */
export function settingKey(kind: string, id: number | string, ...path: readonly string[]): string {
  return ['setting', kind, String(id), ...path].map(escaped).join('/');
}

/** 0: of all applications. */
export function laneKey(appId: number, endpointId?: number): string {
  if (appId === 0) return 'lane';
  return endpointId === undefined ? `lane/${appId}` : `lane/${appId}/${endpointId}`;
}

/** One of them is the other, or a part of it. */
export function isOverlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

export function isSetting(key: string): boolean {
  return key.startsWith('setting/');
}

/** Names come from users. */
function escaped(part: string): string {
  return part.replaceAll('%', '%25').replaceAll('/', '%2F');
}
