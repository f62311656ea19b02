import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault, type Settings } from '../core/index.ts';
import { pagePolicy } from './page-policy.ts';

/** Stands in the built page for the nonce of one answer. */
const NONCE = '__NONCE__';
const NONCE_BYTES = 16;
/** The build names them by what is in them. */
const HASHED = 'assets/';
const LASTING = 'public, max-age=31536000, immutable';
/** Browsers ask each time whether it is still the same. */
const ASKED = 'no-cache';

type ConsoleParts = {
  readonly settings: Pick<Settings, 'portalEmbedOrigins'>;
  /** Where the build stands; it may be made, and made again, while we run. */
  readonly consoleFolder: string;
};

/**
 * The built console, at /console/ for those who see all applications and at /portal/ for owners of one. Both are one
 * page that finds its way by the path; what is none of the build's files is such a path. Nobody needs to be signed in to get
 * it: there is nothing in it.
 */
export function serveConsole(
  server: FastifyInstance,
  { settings, consoleFolder }: ConsoleParts,
): void {
  const embedders = embedOrigins(settings.portalEmbedOrigins);
  const places = { '/console': "'none'", '/portal': embedders.join(' ') || "'none'" };

  server.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: consoleFolder,
      serve: false,
      preCompressed: true,
      dotfiles: 'ignore',
      cacheControl: false,
      // It may not be built yet, which the page below says.
      suppressWarning: true,
    });
    scope.get('/', async (_request, reply) => reply.redirect('/console/', 302));
    for (const [place, ancestors] of Object.entries(places)) {
      scope.get(place, async (_request, reply) => sendPage(reply, ancestors));
      scope.get<{ Params: { '*': string } }>(`${place}/*`, async (request, reply) => {
        const path = request.params['*'];
        return isFile(path) ? sendFile(request, reply, path) : sendPage(reply, ancestors);
      });
    }
  });

  async function sendPage(reply: FastifyReply, ancestors: string): Promise<FastifyReply> {
    reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store');
    const page = await readFile(join(consoleFolder, 'index.html'), 'utf8').catch(() => null);
    if (page === null) {
      return reply
        .code(503)
        .header('content-security-policy', pagePolicy(UNBUILT_STYLE))
        .send(UNBUILT);
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('content-security-policy', policyOf(nonce, ancestors))
      .send(page.replaceAll(NONCE, nonce));
  }
}

function sendFile(request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply {
  // The page goes out with a nonce only, and what is compressed stands in for what it was made of.
  if (path.endsWith('.html') || /\.(br|gz)$/.test(path)) {
    throw fault('route_not_found', { field: request.method });
  }
  reply.header('cache-control', path.startsWith(HASHED) ? LASTING : ASKED);
  return reply.sendFile(path);
}

/** By the kinds of files that pages load. Other dots belong to a name, as in `event-type/invoice.paid`. */
function isFile(path: string): boolean {
  return /\.(?:js|css|map|html|svg|png|ico|json|txt|woff2?|webmanifest|br|gz)$/i.test(path);
}

/** Only what comes from here, and styles that carry the nonce: what is loaded from elsewhere, or injected, is refused. */
function policyOf(nonce: string, ancestors: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');
}

/** Throws `config_invalid`: what is no origin would end up in a header. */
function embedOrigins(setting: string): readonly string[] {
  const origins = setting
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  const wrong = origins.find(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin,
  );
  if (wrong === undefined) return origins;
  throw fault('config_invalid', {
    field: 'HOLDFAST_PORTAL_EMBED_ORIGINS',
    detail: `"${wrong}" is not an origin. Write it like https://app.example.com, without a path.`,
  });
}

const UNBUILT_STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem}
h1{font-size:1.4rem}`;

const UNBUILT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast</title>
<style>${UNBUILT_STYLE}</style>
</head>
<body>
<main>
<h1>The console is not built</h1>
<p>Holdfast runs, and its API answers. Its console is built from source once: run <code>npm run console:build</code> where Holdfast stands, then reload this page.</p>
<p>The API is described at <a href="/docs">/docs</a>.</p>
</main>
</body>
</html>
`;
