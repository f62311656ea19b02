import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from '../exchange.ts';
import { isRecord } from '../shape.ts';
import { translateSchema } from './schema.ts';

/** An OpenAPI document that exchanges are held against. */
export type Contract = {
  /** `GET /api/v1/app/{app_id}` */
  readonly operations: readonly string[];
  /** Undefined where the document says nothing of an answer with this status. */
  readonly complaints: (operation: string, exchange: Exchange) => readonly string[] | undefined;
};

const ROOT = 'contract';
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'];
/** These answer requests that are wrong on purpose, and to those no schema applies. */
const WRONG_REQUESTS = [400, 413, 415, 422];
const LARGEST = { uint16: 65_535, uint32: 4_294_967_295, uint64: Number.MAX_SAFE_INTEGER };

type Validate = (value: unknown, what: string) => readonly string[];
type Json = Readonly<Record<string, unknown>>;

export function readContract(file: string): Contract {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const schemas = recordAt(recordAt(document, 'components'), 'schemas');
  const compile = createCompiler(schemas);
  const operations = new Map<string, Json>();
  for (const [path, item] of Object.entries(recordAt(document, 'paths'))) {
    for (const method of METHODS) {
      const operation = isRecord(item) ? item[method] : undefined;
      if (isRecord(operation)) operations.set(`${method.toUpperCase()} ${path}`, operation);
    }
  }
  return {
    operations: [...operations.keys()],
    complaints(name, exchange) {
      const operation = operations.get(name) ?? {};
      const response = recordAt(operation, 'responses')[exchange.status];
      if (!isRecord(response)) return undefined;
      return [
        ...(WRONG_REQUESTS.includes(exchange.status)
          ? []
          : requestComplaints(name, operation, exchange, compile, schemas)),
        ...responseComplaints(response, exchange, compile),
      ];
    },
  };
}

function createCompiler(schemas: Json): (schema: unknown) => Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const [name, largest] of Object.entries(LARGEST)) {
    const validate = (value: number): boolean => value >= 0 && value <= largest;
    ajv.addFormat(name, { type: 'number', validate });
  }
  ajv.addFormat('int16', { type: 'number', validate: (value) => Math.abs(value) <= 32_768 });
  const definitions = Object.entries(schemas).map(([name, one]) => [
    name,
    translateSchema(one, ROOT),
  ]);
  ajv.addSchema({ $id: ROOT, $defs: Object.fromEntries(definitions) });
  const compiled = new Map<unknown, ValidateFunction>();
  return (schema) => {
    const known = compiled.get(schema) ?? ajv.compile(Object(translateSchema(schema, ROOT)));
    compiled.set(schema, known);
    return (value, what) =>
      known(value)
        ? []
        : (known.errors ?? []).map(
            ({ instancePath, message }) => `${what}${instancePath} ${message}`,
          );
  };
}

function requestComplaints(
  name: string,
  operation: Json,
  { url, requestHeaders, requestText }: Exchange,
  compile: (schema: unknown) => Validate,
  schemas: Json,
): readonly string[] {
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : [];
  const path = name.slice(name.indexOf(' ') + 1).split('/');
  const givenPath = url.pathname.split('/');
  const complaints = parameters.flatMap((parameter: unknown): readonly string[] => {
    if (!isRecord(parameter) || typeof parameter.name !== 'string') return [];
    const { name, in: place, schema, required } = parameter;
    const texts =
      place === 'query'
        ? url.searchParams.getAll(name)
        : place === 'header'
          ? [requestHeaders.get(name)].filter((text) => text !== null)
          : [decodeURIComponent(givenPath[path.indexOf(`{${name}}`)] ?? '')];
    if (texts.length === 0) return required === true ? [`${name} is missing`] : [];
    return compile(schema)(valueOf(texts, resolved(schema, schemas), schemas), name);
  });
  const body = operation.requestBody;
  if (!isRecord(body)) return complaints;
  if (requestText === null) return body.required === true ? [...complaints, 'no body'] : complaints;
  return [...complaints, ...compile(jsonSchemaOf(body))(JSON.parse(requestText), 'the request')];
}

function responseComplaints(
  response: Json,
  { responseText, method }: Exchange,
  compile: (schema: unknown) => Validate,
): readonly string[] {
  const schema = jsonSchemaOf(response);
  if (schema === undefined) return responseText === '' ? [] : ['the answer has a body'];
  if (method === 'HEAD') return [];
  return responseText === ''
    ? ['the answer has no body']
    : compile(schema)(JSON.parse(responseText), 'the answer');
}

function jsonSchemaOf(carrier: Json): unknown {
  return recordAt(recordAt(carrier, 'content'), 'application/json').schema;
}

/** A text in a query, header or path as the value that the schema speaks of. */
function valueOf(texts: readonly string[], schema: Json, schemas: Json): unknown {
  if (schema.type === 'array') {
    const items = resolved(schema.items, schemas);
    return texts.flatMap((text) => text.split(',')).map((text) => valueOf([text], items, schemas));
  }
  const [text = ''] = texts;
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (schema.type === 'integer' || schema.type === 'number') {
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }
  return text;
}

function resolved(schema: unknown, schemas: Json): Json {
  if (!isRecord(schema)) return {};
  return typeof schema.$ref === 'string'
    ? recordAt(schemas, schema.$ref.slice('#/components/schemas/'.length))
    : schema;
}

function recordAt(value: unknown, name: string): Json {
  const member: unknown = isRecord(value) ? value[name] : undefined;
  return isRecord(member) ? member : {};
}
