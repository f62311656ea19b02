// Writes what is generated from the routes: docs/reference/openapi.json and client/operations.ts.
//
//   node scripts/write-openapi.ts           write
//   node scripts/write-openapi.ts --check   compare, exit 1 where they differ (npm run check does this)

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_VERSION, openApiDocument } from '../src/api/index.ts';
import { toolPath } from './tool-path.js';

const root = join(import.meta.dirname, '..');
const document = openApiDocument(API_VERSION);

const generated: readonly (readonly [string, string])[] = [
  ['docs/reference/openapi.json', `${JSON.stringify(document, null, 2)}\n`],
  ['client/operations.ts', formatted(operationsOf(plainDocument()))],
];

const isChecking = process.argv.includes('--check');
const stale = generated.filter(([path, text]) => readOrEmpty(path) !== text);
for (const [path, text] of stale) if (!isChecking) writeFileSync(join(root, path), text);
if (isChecking && stale.length > 0) {
  console.log(
    `${stale.map(([path]) => path).join(' and ')} differ from the routes: run "npm run generate".`,
  );
  process.exitCode = 1;
} else if (!isChecking) {
  console.log(stale.map(([path]) => `wrote ${path}`).join('\n') || 'nothing changed');
}

/** As a reader of the file would see it. */
function plainDocument(): OpenApi {
  const text: string = JSON.stringify(document);
  return JSON.parse(text);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}

/** As `npm run format` would leave it. */
function formatted(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  try {
    const file = join(folder, 'operations.ts');
    writeFileSync(file, text);
    execFileSync(process.execPath, [toolPath('oxfmt'), '-c', join(root, '.oxfmtrc.json'), file]);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Schema = {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
};
type Content = { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> };
type Parameter = { name: string; in: string; required: boolean; schema: Schema };
type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
};
type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

function operationsOf(openApi: OpenApi): string {
  const types: string[] = [];
  const paths: string[] = [];
  for (const [path, methods] of Object.entries(openApi.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const id = JSON.stringify(operation.operationId);
      const members = (place: string): string =>
        operation.parameters
          .filter((parameter) => parameter.in === place)
          .map(
            (parameter) =>
              `${JSON.stringify(parameter.name)}${parameter.required ? '' : '?'}: ${typeOf(parameter.schema)};`,
          )
          .join(' ');
      const body = operation.requestBody?.content?.['application/json']?.schema;
      const answers = Object.entries(operation.responses)
        .filter(([status]) => status.startsWith('2'))
        .map(
          ([, { content }]) =>
            // Of a stream: the data of each event, by its name.
            (content?.['application/json'] ?? content?.['text/event-stream'])?.schema,
        )
        .map((schema) => (schema === undefined ? 'undefined' : typeOf(schema)));
      types.push(
        `  /** ${operation.summary} */\n  ${id}: { path: {${members('path')}}; query: {${members('query')}}; ` +
          `body: ${body === undefined ? 'never' : typeOf(body)}; answer: ${[...new Set(answers)].join(' | ')} };`,
      );
      paths.push(`  ${id}: [${JSON.stringify(method.toUpperCase())}, ${JSON.stringify(path)}],`);
    }
  }
  return (
    '// Generated from the routes by scripts/write-openapi.ts: do not edit.\n\n' +
    `export type Operations = {\n${types.join('\n')}\n};\n\n` +
    `export const operationPaths = {\n${paths.join('\n')}\n} as const satisfies ` +
    'Record<keyof Operations, readonly [string, string]>;\n'
  );
}

/** The few forms of JSON Schema that the routes use. */
function typeOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  if (schema.enum !== undefined) {
    return schema.enum.map((choice) => JSON.stringify(choice)).join(' | ');
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`;
    case 'object': {
      if (schema.properties === undefined) {
        return `Record<string, ${typeOf(schema.additionalProperties ?? {})}>`;
      }
      const required = schema.required ?? [];
      const members = Object.entries(schema.properties).map(
        ([name, member]) =>
          `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(member)};`,
      );
      return `{ ${members.join(' ')} }`;
    }
    default:
      return 'unknown';
  }
}
