import type { TSchema } from 'typebox';
import { errorTable } from '../core/index.ts';
import type { Operation } from './route.ts';
import { liveOperation } from './live/live-route.ts';
import { routes } from './routes/index.ts';
import { sessionOperations } from './session-operations.ts';
import { ErrorOut, ValidationErrorOut } from './error-shapes.ts';

type Json = Readonly<Record<string, unknown>>;

/** The API as an OpenAPI 3.1 document, written from the routes themselves: what it says is what is checked. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const operations: readonly Operation[] = [...routes, liveOperation, ...sessionOperations];
  for (const route of operations) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      description:
        'Webhooks that are never lost in silence. The paths of the Svix server, and our own beside them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'holdfast_session',
          description:
            'What a browser has once it signed in; on https the name begins with __Host-. What changes something repeats csrf in the header x-csrf-token.',
        },
      },
      schemas: { Error: plain(ErrorOut), ValidationError: plain(ValidationErrorOut) },
    },
  };
}

function operationOf(route: Operation): Json {
  const { operationId, summary, access } = route;
  return {
    operationId,
    summary,
    tags: [tagOf(route)],
    ...(access === 'public' ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...bodyOf(route),
    responses: { ...answersOf(route), ...faultsOf(route) },
  };
}

function tagOf({ path }: Operation): string {
  const [, first, , third = 'service'] = path.split('/');
  return first === 'api' ? third : (first ?? 'service');
}

function pathParameters({ path }: Operation): readonly Json[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Operation): readonly Json[] {
  const schema = query === undefined ? {} : plain(query);
  const { properties, required } = schema;
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(isJson(properties) ? properties : {}).map(([name, member]) => ({
    name,
    in: 'query',
    required: needed.includes(name),
    schema: member,
  }));
}

function headerParameters({ method }: Operation): readonly Json[] {
  if (method !== 'POST') return [];
  const schema = { type: 'string', minLength: 1, maxLength: 256 };
  return [{ name: 'idempotency-key', in: 'header', required: false, schema }];
}

function bodyOf({ body, accepts }: Operation): Json {
  if (body === undefined && accepts === undefined) return {};
  const content = {
    ...(body === undefined ? {} : { 'application/json': { schema: plain(body) } }),
    ...(accepts === undefined ? {} : { [accepts]: { schema: { type: 'string' } } }),
  };
  return { requestBody: { required: true, content } };
}

function answersOf({ answers, alsoAnswers, streams }: Operation): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      schema === null
        ? { description: 'Done; there is nothing to say.' }
        : {
            description: 'Done.',
            content: {
              [streams ?? 'application/json']: { schema: plain(schema) },
              ...(alsoAnswers === undefined
                ? {}
                : { [alsoAnswers]: { schema: { type: 'string' } } }),
            },
          },
    ]),
  );
}

/** What a route can refuse with, by what it takes. */
function faultsOf(route: Operation): Json {
  const statuses = [
    ...(route.access === 'public' ? [] : [401, 403, 429]),
    ...(route.refuses ?? []),
    ...(route.path.includes('{') ? [404] : []),
    ...(route.method === 'GET' ? [] : [409]),
    ...(route.body === undefined && route.accepts === undefined ? [] : [400, 413, 415]),
    422,
    500,
    503,
  ];
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = Object.entries(errorTable).filter(([, [of]]) => of === status);
      const name = status === 422 ? 'ValidationError' : 'Error';
      return [
        String(status),
        {
          description: codes.map(([code]) => code).join(', '),
          content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
        },
      ];
    }),
  );
}

/** A schema as plain JSON, with choices between constants as enums: readers of the document know those better. */
function plain(schema: TSchema): Json {
  const copy: unknown = JSON.parse(JSON.stringify(schema), (_name, value: unknown) =>
    asEnum(value),
  );
  return isJson(copy) ? copy : {};
}

function asEnum(value: unknown): unknown {
  if (!isJson(value) || !Array.isArray(value['anyOf'])) return value;
  const choices: readonly unknown[] = value['anyOf'];
  const constants = choices.flatMap((choice) =>
    isJson(choice) && 'const' in choice ? [choice['const']] : [],
  );
  if (constants.length < choices.length) return value;
  const isText = constants.every((constant) => typeof constant === 'string');
  return { type: isText ? 'string' : 'integer', enum: constants };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
