import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Cleanup } from './service-scope.ts';
import { startService, type Service } from '../../src/app/index.ts';
import { readSettings, silentLog, type Log, type Settings } from '../../src/core/index.ts';
import { ledgerPath } from '../../src/ledger/index.ts';

export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly json: ReturnType<typeof JSON.parse>;
};

export type CallOptions = {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

export type TestService = Service & {
  readonly dataDir: string;
  /** A request with the service's own token. What is not text is sent as JSON; undefined sends no body. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    options?: CallOptions,
  ) => Promise<Answered>;
};

export type TestSettings = Partial<Settings>;

/** A folder that is removed after the test. */
export function temporaryFolder(context: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-service-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function testSettings(given: TestSettings): Settings {
  const defaults = readSettings({}, (name) => name);
  return {
    ...defaults,
    port: 0,
    logLevel: 'silent',
    allowedSubnets: '127.0.0.0/8',
    retrySchedule: '0s,20ms,20ms',
    ...given,
  };
}

/** The real service: sockets, files and threads. It is stopped after the test, if it has not been before. */
export async function startTestService(
  context: Cleanup,
  given: TestSettings & { readonly log?: Log; readonly consoleFolder?: string } = {},
): Promise<TestService> {
  const { log = silentLog, consoleFolder, ...settings } = given;
  const dataDir = settings.dataDir ?? temporaryFolder(context);
  const surroundings = consoleFolder === undefined ? {} : { consoleFolder };
  const service = await startService(testSettings({ ...settings, dataDir }), log, surroundings);
  context.after(() => service.stop());
  return {
    ...service,
    dataDir,
    call: (method, path, body, options) => call(service, method, path, body, options),
  };
}

async function call(
  { url, token }: Service,
  method: string,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Answered> {
  const given = options.token === undefined ? token : options.token;
  const hasBody = body !== undefined;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(given === null ? {} : { authorization: `Bearer ${given}` }),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...options.headers,
    },
    ...(hasBody ? { body: bodyOf(body) } : {}),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, json: parsed(text) };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A connection of the test's own that can only read, beside the running service. */
export function readLedger<Result>(
  dataDir: string,
  read: (database: DatabaseSync) => Result,
): Result {
  const database = new DatabaseSync(ledgerPath(dataDir), { readOnly: true, timeout: 5000 });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** How many rows each table of the ledger holds. */
export function countRows(dataDir: string): Readonly<Record<string, number>> {
  return readLedger(dataDir, (database) => {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    return Object.fromEntries(
      tables.map(({ name }) => {
        const row = database.prepare(`SELECT count(*) AS n FROM "${String(name)}"`).get();
        return [String(name), Number(row?.['n'])];
      }),
    );
  });
}

/** Creates an application and one endpoint for each URL, by their uids. */
export async function createApplication(
  service: TestService,
  uid: string,
  endpoints: Readonly<Record<string, string>> = {},
): Promise<void> {
  const made = await service.call('POST', '/api/v1/app', { name: uid, uid });
  if (made.status !== 201) throw new Error(`an application was answered ${made.text}`);
  for (const [endpointUid, url] of Object.entries(endpoints)) {
    const body = { uid: endpointUid, url };
    const endpoint = await service.call('POST', `/api/v1/app/${uid}/endpoint`, body);
    if (endpoint.status !== 201) throw new Error(`an endpoint was answered ${endpoint.text}`);
  }
}

export type SeenDelivery = {
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
};

/** What became of a message at each of its endpoints, as the API says it. */
export async function deliveriesOf(
  service: TestService,
  app: string,
  messageId: string,
): Promise<readonly SeenDelivery[]> {
  const { json } = await service.call('GET', `/api/v1/app/${app}/msg/${messageId}/delivery`);
  return json.data;
}
