import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '../core/index.ts';
import type { Session } from '../session/index.ts';

type Asking = { readonly method: string; readonly headers: IncomingHttpHeaders };

/**
 * A browser sends a session's cookie with whatever any page makes it send. So what may change something must come from
 * our own pages, as the browser says, and repeat what only they can read. Throws `csrf_refused`.
 */
export function assertOwnPage(asking: Asking, { csrf }: Session, publicUrl: string): void {
  if (asking.method === 'GET' || asking.method === 'HEAD') return;
  assertSameOrigin(asking, publicUrl);
  const given = asking.headers['x-csrf-token'];
  if (typeof given !== 'string' || !isEqual(given, csrf)) {
    throw fault('csrf_refused', { field: 'x-csrf-token' });
  }
}

/**
 * By `Sec-Fetch-Site`, or by `Origin` where a browser is too old for it; what sends neither is no page of another site.
 * Throws `csrf_refused`.
 */
export function assertSameOrigin({ headers }: Pick<Asking, 'headers'>, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin') return;
    throw fault('csrf_refused', { field: 'sec-fetch-site' });
  }
  const { origin, host } = headers;
  if (origin === undefined) return;
  const from = URL.canParse(origin) ? new URL(origin) : null;
  // Behind a proxy that ends TLS the host is what we see of our own address, or what we were told of it.
  if (from !== null && (from.host === host || from.origin === new URL(publicUrl).origin)) return;
  throw fault('csrf_refused', { field: 'origin' });
}

function isEqual(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
