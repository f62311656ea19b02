import type { IncomingMessage } from 'node:http';
import { fastifyCors } from '@fastify/cors';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { fault, HoldfastError, parseTraceparent } from '../core/index.ts';
import { createAdmission, type Admission } from './admission.ts';
import { createAuthenticate, type Principal } from './auth.ts';
import { parseBody, readBytes, textOf, type Body } from './body.ts';
import { createCheck } from './check.ts';
import { accessLog } from './access-log.ts';
import { serveBoard } from './board-page.ts';
import { changeByOf } from './change-by.ts';
import { serveConsole } from './console-page.ts';
import { serveDocs } from './docs-page.ts';
import { createIdempotency } from './idempotency.ts';
import { serveMetrics } from './metrics-page.ts';
import { serveLive } from './live/live-route.ts';
import { createOverview } from './overview.ts';
import type { ApiParts } from './parts.ts';
import { createPrincipals } from './principals.ts';
import { findApplication } from './resolve.ts';
import { refuseBytes } from './refuse-bytes.ts';
import type { Answer, Route } from './route.ts';
import { routes } from './routes/index.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { cookieRules } from './session-cookie.ts';
import { serveSession } from './session-routes.ts';
import { serveStatus } from './status-page.ts';
import { createTokenRate } from './token-rate.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** What stands around a payload in a request: names, channels, metadata. */
const ENVELOPE_BYTES = 65_536;
const REQUEST_TIMEOUT_MS = 30_000;

const routesByUrl = new Map(routes.map((route) => [`${route.method} ${urlOf(route)}`, route]));

/** The path as Fastify writes it. */
function urlOf(route: Route): string {
  return route.path.replaceAll(/\{(\w+)\}/g, ':$1');
}

type Parser = (
  request: FastifyRequest,
  stream: IncomingMessage,
  done: (error: Error | null, body?: Body) => void,
) => void;

/** The routes as an HTTP server that is not listening yet. */
export function createServer(given: Omit<ApiParts, 'overview'>): FastifyInstance {
  const parts: ApiParts = { ...given, overview: createOverview(given) };
  const bodyLimit = parts.settings.payloadLimitBytes + ENVELOPE_BYTES;
  const server = fastify({
    logger: false,
    bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false, // the answer while stopping is ours, below
    // Older clients of Svix end some paths with a slash.
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    // What Fastify and Node refuse before any route is asked, in our form too.
    frameworkErrors: (thrown, request, reply) =>
      void sendFault(request, reply, faultFor(thrown, request, parts)),
    clientErrorHandler: refuseBytes,
    http: { requireHostHeader: false },
  });
  // RFC 9110 section 10.1.1 leaves an expectation that we do not know to us; Node's answer would have no body.
  server.server.on('checkExpectation', (request, response) => {
    server.server.emit('request', request, response);
  });
  server.removeAllContentTypeParsers();
  const parser =
    (parse: (bytes: Buffer, request: FastifyRequest) => Body | undefined): Parser =>
    (request, stream, done) => {
      readBytes(stream, bodyLimit, (error, bytes) => {
        let body: Body | undefined;
        try {
          if (error !== null) throw error;
          body = parse(bytes, request);
        } catch (thrown) {
          done(thrown instanceof Error ? thrown : fault('malformed_json'));
          return;
        }
        done(null, body);
      });
    };
  server.addContentTypeParser('application/json', parser(parseBody));
  server.addContentTypeParser(
    'application/x-ndjson',
    parser((bytes, { method, routeOptions }) => {
      const accepts = routesByUrl.get(`${method} ${routeOptions.url ?? ''}`)?.accepts;
      if (accepts === 'application/x-ndjson') return { value: undefined, text: textOf(bytes) };
      throw fault('unsupported_media_type', { field: 'content-type' });
    }),
  );
  server.setNotFoundHandler(async (request, reply) =>
    sendFault(request, reply, fault('route_not_found')),
  );
  server.setErrorHandler(async (thrown, request, reply) =>
    sendFault(request, reply, faultFor(thrown, request, parts)),
  );
  const { settings, clock } = parts;
  const cookies = cookieRules(settings);
  const principals = createPrincipals(parts);
  const authenticate = createAuthenticate(principals, cookies, clock);
  const repeatable = createIdempotency(parts);
  const organizationRate = createTokenRate(settings.requestsPerSecond, clock);
  const portalRate = createTokenRate(settings.portalRequestsPerSecond, clock);
  const limitRate = ({ hash, appId }: Principal): void =>
    appId === null ? organizationRate(hash) : portalRate(hash);
  if (settings.corsOrigins !== '') {
    const origins = settings.corsOrigins.split(',').map((origin) => origin.trim());
    void server.register(fastifyCors, {
      origin: origins.includes('*') ? true : origins,
      maxAge: 600,
    });
  }
  server.decorateRequest('principal', null);
  server.addHook('onSend', (_request, reply, _payload, done) => {
    setSecurityHeaders(reply);
    // A connection kept open after its last answer would hold up the stop for as long as it may be idle.
    if (parts.isStopping()) reply.header('connection', 'close');
    done();
  });
  if (settings.accessLog !== 'none') server.addHook('onResponse', accessLog(parts));
  serveDocs(server);
  serveMetrics(server, parts, authenticate);
  serveBoard(server, parts, authenticate);
  serveStatus(server, parts);
  serveSession(server, parts, principals, cookies);
  serveConsole(server, parts);
  const admission = createAdmission(parts, authenticate, limitRate);
  serveLive(server, parts, admission, authenticate);
  for (const route of routes) addRoute(server, route, parts, admission, repeatable);
  return server;
}

function addRoute(
  server: FastifyInstance,
  route: Route,
  parts: ApiParts,
  admission: Admission,
  repeatable: ReturnType<typeof createIdempotency>,
): void {
  const checkQuery = route.query === undefined ? () => ({}) : createCheck(route.query, 'query');
  const checkBody = route.body === undefined ? () => undefined : createCheck(route.body, 'body');
  server.route({
    method: route.method,
    url: urlOf(route),
    onRequest: admission(route),
    handler(request, reply) {
      const principal = request.principal ?? nobody;
      const path = (name: string): string => {
        const { params } = request;
        const value: unknown = isRecord(params) ? params[name] : undefined;
        return typeof value === 'string' ? value : '';
      };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- body.ts makes it, for every content type there is
      const body = request.body as Body | undefined;
      const input = {
        path,
        query: checkQuery(request.query),
        body: checkBody(body?.value),
        bodyText: body?.text ?? '',
        idempotencyKey: idempotencyKeyOf(request),
        traceparent: parseTraceparent(request.headers['traceparent']),
        principal,
        by: () => changeByOf(principal, request.headers),
        application: () => findApplication(parts, principal, path('app_id')),
      };
      const key = input.idempotencyKey;
      // A key belongs to the one who sent it and to where it was sent.
      const answer =
        key === null ||
        route.method !== 'POST' ||
        route.keepsKey === true ||
        route.changesNothing === true
          ? route.handle(input, parts)
          : repeatable(
              { key: `${principal.hash}\n${request.url}\n${key}`, content: input.bodyText },
              () => route.handle(input, parts),
            );
      return answer.then((given) => sendAnswer(reply, given));
    },
  });
}

/** What a route with access public sees. */
const nobody: Principal = {
  actor: 'nobody',
  scope: 'read',
  appId: null,
  featureFlags: [],
  hash: '',
};

function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') return null;
  if (typeof key === 'string' && key.length <= 256) return key;
  throw fault('validation', {
    field: 'idempotency-key',
    detail: 'An idempotency key has 1 to 256 characters.',
  });
}

function sendAnswer(reply: FastifyReply, answer: Answer): void {
  reply.code(answer.status);
  if ('json' in answer) void reply.header('content-type', JSON_TYPE).send(answer.json);
  else if ('text' in answer) void reply.header('content-type', answer.type).send(answer.text);
  else if ('value' in answer) {
    void reply.header('content-type', JSON_TYPE).send(JSON.stringify(answer.value));
  } else void reply.send();
}

function sendFault(
  request: FastifyRequest,
  reply: FastifyReply,
  error: HoldfastError,
): FastifyReply {
  const { code, message, field, retryAfterSeconds, status } = error;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  // Svix answers 422 with a list of places, everything else with a sentence.
  const detail =
    status === 422 ? [{ loc: placeOf(field ?? '', request), msg: message, type: code }] : message;
  const value = { code, detail, ...(field === undefined ? {} : { field }) };
  return reply.code(status).header('content-type', JSON_TYPE).send(JSON.stringify(value));
}

/** Where a field stands in its request, part by part, as Svix writes it. */
function placeOf(field: string, { params, query }: FastifyRequest): readonly string[] {
  const parts = field.split('.');
  const [name = ''] = parts;
  if (isRecord(query) && Object.hasOwn(query, name)) return ['query', ...parts];
  if (isRecord(params) && Object.hasOwn(params, name)) return ['path', ...parts];
  return [field === 'idempotency-key' ? 'header' : 'body', ...parts];
}

/** Fastify's own refusals by our names; whatever has no name is our bug. */
function faultFor(thrown: unknown, request: FastifyRequest, { log }: ApiParts): HoldfastError {
  if (thrown instanceof HoldfastError) {
    if (thrown.status === 503 && thrown.retryAfterSeconds === undefined) {
      log.error({ err: thrown, requestId: request.id }, thrown.message);
      return fault(thrown.code, {
        detail: thrown.message,
        field: thrown.field,
        retryAfterSeconds: 5,
      });
    }
    return thrown;
  }
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return fault('payload_too_large', { field: 'body' });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return fault('unsupported_media_type', { field: 'content-type' });
  }
  if (code === 'FST_ERR_BAD_URL') return fault('malformed_request', { field: 'path' });
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return fault('not_found', { field: 'path' });
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') {
    return fault('malformed_json', { field: 'body' });
  }
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : 500;
  if (typeof status === 'number' && status >= 400 && status < 500 && thrown instanceof Error) {
    return fault('validation', { detail: thrown.message });
  }
  log.error(
    { err: thrown, requestId: request.id, route: request.routeOptions.url },
    'a request met an error of ours',
  );
  return fault('internal');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
