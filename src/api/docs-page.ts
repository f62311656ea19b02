import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi.ts';

export const API_VERSION = '0.1.0';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast API</title>
<script type="module" src="/docs/rapidoc-min.js"></script>
</head>
<body>
<rapi-doc spec-url="/api/v1/openapi.json" load-fonts="false" render-style="read" schema-style="table"
  show-header="false" allow-spec-url-load="false" allow-spec-file-load="false" allow-server-selection="false"
  persist-auth="false" regular-font="system-ui, sans-serif" mono-font="ui-monospace, monospace"></rapi-doc>
</body>
</html>
`;

/** The page and the script come from here alone; styles are inline because the component makes them so. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The OpenAPI document, and an interactive page over it that loads nothing from elsewhere. */
export function serveDocs(server: FastifyInstance): void {
  const document = JSON.stringify(openApiDocument(API_VERSION));
  const etag = `"${createHash('sha256').update(document).digest('base64url').slice(0, 16)}"`;
  let script: string | undefined;
  server.get('/api/v1/openapi.json', (_request, reply) =>
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('etag', etag)
      .send(document),
  );
  server.get('/docs', (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .send(PAGE),
  );
  server.get('/docs/rapidoc-min.js', (_request, reply) => {
    // Read when somebody first asks: most servers never show the page.
    script ??= readFileSync(fileURLToPath(import.meta.resolve('rapidoc')), 'utf8');
    return reply.header('content-type', 'text/javascript; charset=utf-8').send(script);
  });
}
