import type { CookieSerializeOptions } from '@fastify/cookie';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../core/index.ts';
import type { Opening, Session } from '../session/index.ts';

/** How browsers keep sessions, by what the service is reached at and who may frame the portal. */
export type CookieRules = {
  readonly session: string;
  /** Of the portal: an owner's link that is opened where somebody is signed in to the console ends nothing there. */
  readonly portal: string;
  /** Of somebody on the way to the OpenID provider. */
  readonly signIn: string;
  optionsFor(opening: Opening['kind']): CookieSerializeOptions;
};

/** Sets the cookie; the browser's session before it is over. */
export type OpenSession = (
  request: FastifyRequest,
  reply: FastifyReply,
  opening: Opening,
  until?: number,
) => Promise<Session>;

/**
 * On https the name has the prefix that keeps other hosts of the domain from setting it, and no connection without TLS
 * gets it. In a frame of another site a browser sends no cookie that is Lax: there the portal's is one that is kept for
 * that site alone (Partitioned), so that no third site can use it.
 */
export function cookieRules({
  publicUrl,
  portalEmbedOrigins,
}: Pick<Settings, 'publicUrl' | 'portalEmbedOrigins'>): CookieRules {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  const base = { path: '/', httpOnly: true, secure } as const;
  return {
    session: `${prefix}holdfast_session`,
    portal: `${prefix}holdfast_portal`,
    signIn: `${prefix}holdfast_sign_in`,
    optionsFor: (opening) =>
      opening === 'portal' && secure && portalEmbedOrigins !== ''
        ? { ...base, sameSite: 'none', partitioned: true }
        : { ...base, sameSite: 'lax' },
  };
}

/** What the portal's pages say in the header `x-holdfast-session`: that theirs is meant, of the two cookies. */
const PORTAL = 'portal';

/** The name of the cookie that a request means. */
export function cookieNameFor(
  headers: IncomingHttpHeaders,
  { session, portal }: Pick<CookieRules, 'session' | 'portal'>,
): string {
  return headers['x-holdfast-session'] === PORTAL ? portal : session;
}

/** The value of the first cookie of that name; ours need no decoding. */
export function sessionTextIn(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const start = pair.startsWith(' ') ? 1 : 0;
    if (pair.startsWith(name, start) && pair[start + name.length] === '=') {
      return pair.slice(start + name.length + 1);
    }
  }
  return undefined;
}
