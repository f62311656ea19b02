import { operationPaths, type OperationId, type Operations, type RequestOf } from './client.ts';

/** The same request as a command for a shell; the token is a variable of the environment there. */
export function asCurl<Id extends OperationId>(id: Id, request: RequestOf<Operations[Id]>): string {
  const [method, pattern] = operationPaths[id];
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(textIn(request.path, name)),
  );
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  const parts = [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url.href)}`,
    `-H "authorization: Bearer $HOLDFAST_TOKEN"`,
  ];
  if (request.reason !== undefined) {
    parts.push(`-H ${quoted(`holdfast-reason: ${encodeURIComponent(request.reason)}`)}`);
  }
  if (request.body !== undefined) {
    parts.push(`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(request.body))}`);
  }
  return parts.join(' \\\n  ');
}

function textIn(path: object | undefined, name: string): string {
  const value: unknown = path === undefined ? undefined : Reflect.get(path, name);
  return typeof value === 'string' ? value : `{${name}}`;
}

/** POSIX: within single quotes nothing is special but their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
