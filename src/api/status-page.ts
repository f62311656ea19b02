import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../core/index.ts';
import { tokenHash } from './auth.ts';
import type { ApiParts } from './parts.ts';
import type { StatusFeed } from './status-feed.ts';
import { statusHtml, statusPolicy } from './status-html.ts';
import { statusSourceOf } from './status-source.ts';
import { statusView } from './status-view.ts';
import { atomOf, rssOf, type FeedPlace } from './status-xml.ts';

const LONGEST_TOKEN = 128;
/** Seconds for which an answer may be used again without asking. */
const MAX_AGE_SECONDS = 15;

type Form = {
  readonly type: string;
  readonly write: (feed: StatusFeed, place: FeedPlace) => string;
  readonly policy?: string;
};

/**
 * The status feed, for whoever has its link, as a page, JSON, Atom and RSS. A link is a token of its own scope, which
 * opens nothing else; where the setting `statusAccess` is `public`, /status is there without one.
 */
export function serveStatus(server: FastifyInstance, parts: ApiParts): void {
  const { idText, publicUrl, settings } = parts;
  const read = statusSourceOf(parts);
  const forms: Readonly<Record<string, Form>> = {
    '': {
      type: 'text/html; charset=utf-8',
      policy: statusPolicy(),
      write: (feed, { page }) => statusHtml(feed, page, idText),
    },
    '/status.json': {
      type: 'application/json; charset=utf-8',
      write: (feed) => JSON.stringify(statusView(feed, idText)),
    },
    '/atom.xml': {
      type: 'application/atom+xml; charset=utf-8',
      write: (feed, place) => atomOf(feed, place, idText),
    },
    '/rss.xml': {
      type: 'application/rss+xml; charset=utf-8',
      write: (feed, place) => rssOf(feed, place, idText),
    },
  };
  for (const [name, form] of Object.entries(forms)) {
    const answer = async (
      request: FastifyRequest,
      reply: FastifyReply,
      path: string,
      appId: number | null,
    ): Promise<FastifyReply> => {
      const page = `${publicUrl()}${path}`;
      const text = form.write(await read(appId), { page, self: page + name });
      return send(request, reply, form, text);
    };
    server.get<{ Params: { token: string } }>(`/status/:token${name}`, async (request, reply) => {
      const { token } = request.params;
      return answer(request, reply, `/status/${token}`, await applicationOf(token));
    });
    if (settings.statusAccess === 'public') {
      server.get(`/status${name}`, async (request, reply) =>
        answer(request, reply, '/status', null),
      );
    }
  }

  /** Whose feed a link shows. Throws `not_found` for what is no link, one that was revoked, or whose application is gone. */
  async function applicationOf(token: string): Promise<number | null> {
    const { tokens, applications } = parts.configuration;
    const stored = token.length > LONGEST_TOKEN ? null : await tokens.byHash(tokenHash(token));
    if (stored?.scope === 'status' && !stored.isRevoked) {
      const { appId = null } = stored;
      if (appId === null || (await applications.byId(appId)) !== null) return appId;
    }
    throw fault('not_found', {
      field: 'token',
      detail: 'This link shows no status: it was revoked, or is not whole.',
    });
  }
}

/** Whoever has it as it is already is told so, and nothing more. */
function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, policy }: Form,
  text: string,
): FastifyReply {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', etag).header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`);
  if (policy !== undefined) reply.header('content-security-policy', policy);
  const known = (headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return reply.code(304).send();
  return reply.header('content-type', type).send(text);
}
