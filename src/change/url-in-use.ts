import type { Endpoint } from './records.ts';

/** Where requests of an endpoint go now. */
export function urlInUse({
  url,
  alternateUrl,
  isAlternateInUse,
}: Pick<Endpoint, 'url' | 'alternateUrl' | 'isAlternateInUse'>): string {
  return isAlternateInUse && alternateUrl !== null ? alternateUrl : url;
}
