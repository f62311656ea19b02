import type { Application, Configuration, Endpoint, ObjectiveSlice } from '../change/index.ts';
import type { IdText } from '../core/index.ts';

/** A slice as the ledger's rows tell it; null: all of them. */
export type Scope = {
  readonly apps: ReadonlySet<number> | null;
  readonly endpoints: ReadonlySet<number> | null;
  readonly eventTypes: ReadonlySet<string> | null;
};

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

const SHARED_MS = 1000;

/** Scopes a second old at most: many objectives are of the same few slices, and a label is looked for everywhere. */
export class SharedScopes {
  readonly #parts: Parts;
  readonly #scopes = new Map<string, Promise<Scope>>();
  #applications: Promise<readonly Application[]> | null = null;
  #at = -Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  of(slice: ObjectiveSlice, now: number): Promise<Scope> {
    if (now - this.#at >= SHARED_MS || now < this.#at) {
      this.#scopes.clear();
      this.#applications = null;
      this.#at = now;
    }
    const key = JSON.stringify(slice);
    const known = this.#scopes.get(key);
    if (known !== undefined) return known;
    const scope = scopeOf(slice, this.#parts, () => this.#everyApplication());
    this.#scopes.set(key, scope);
    scope.catch(() => this.#scopes.delete(key));
    return scope;
  }

  #everyApplication(): Promise<readonly Application[]> {
    if (this.#applications !== null) return this.#applications;
    const read = everyApplication(this.#parts);
    this.#applications = read;
    read.catch(() => {
      if (this.#applications === read) this.#applications = null;
    });
    return read;
  }
}

/** What two scopes share that mean the same. */
export function keyOfScope({ apps, endpoints, eventTypes }: Scope): string {
  const listed = (values: ReadonlySet<number | string> | null) =>
    values === null ? null : Array.from(values, String).toSorted(compareTexts);
  return JSON.stringify([listed(apps), listed(endpoints), listed(eventTypes)]);
}

type Parts = {
  readonly configuration: Pick<Configuration, 'applications' | 'endpoints'>;
  readonly idText: IdText;
};

const PAGE = 1000;

/** Which applications and endpoints a slice means now. What it names and is not there matches nothing. */
export async function scopeOf(
  slice: ObjectiveSlice,
  parts: Parts,
  every: () => Promise<readonly Application[]> = () => everyApplication(parts),
): Promise<Scope> {
  const apps = await appsOf(slice, parts, every);
  return {
    apps: apps === null ? null : new Set(apps.map(({ id }) => id)),
    endpoints: await endpointsOf(slice, apps, parts, every),
    eventTypes: slice.eventTypes.length === 0 ? null : new Set(slice.eventTypes),
  };
}

async function appsOf(
  slice: ObjectiveSlice,
  parts: Parts,
  every: () => Promise<readonly Application[]>,
): Promise<readonly Application[] | null> {
  const { appIds, applicationMetadata } = slice;
  const isLabelled = Object.keys(applicationMetadata).length > 0;
  if (appIds.length === 0 && !isLabelled) return null;
  const candidates =
    appIds.length === 0
      ? await every()
      : (await Promise.all(appIds.map((text) => findApplication(text, parts)))).filter(
          (found) => found !== null,
        );
  return candidates.filter(({ metadata }) => holds(metadata, applicationMetadata));
}

async function endpointsOf(
  { endpointIds, endpointMetadata }: ObjectiveSlice,
  apps: readonly Application[] | null,
  parts: Parts,
  every: () => Promise<readonly Application[]>,
): Promise<ReadonlySet<number> | null> {
  const isLabelled = Object.keys(endpointMetadata).length > 0;
  if (endpointIds.length === 0 && !isLabelled) return null;
  const { endpoints } = parts.configuration;
  const candidates: Endpoint[] = [];
  if (endpointIds.length > 0) {
    for (const text of endpointIds) {
      const found = await findEndpoint(text, parts);
      if (found !== null) candidates.push(found);
    }
  } else {
    for (const { id } of apps ?? (await every())) {
      candidates.push(...(await endpoints.of(id)));
    }
  }
  const matching = candidates.filter(({ metadata }) => holds(metadata, endpointMetadata));
  return new Set(matching.map(({ id }) => id));
}

async function everyApplication({ configuration }: Parts): Promise<readonly Application[]> {
  const all: Application[] = [];
  for (let afterId: number | undefined; ;) {
    const page = await configuration.applications.list({ afterId, limit: PAGE, descending: false });
    all.push(...page);
    if (page.length < PAGE) return all;
    afterId = page.at(-1)?.id;
  }
}

async function findApplication(
  text: string,
  { configuration, idText }: Parts,
): Promise<Application | null> {
  const id = idText.parse('application', text);
  const { applications } = configuration;
  return id === undefined ? applications.byUid(text) : applications.byId(id);
}

async function findEndpoint(text: string, parts: Parts): Promise<Endpoint | null> {
  const { endpoints } = parts.configuration;
  const id = parts.idText.parse('endpoint', text);
  if (id !== undefined) return endpoints.byId(id);
  const [app = '', uid = ''] = text.split('/');
  const application = await findApplication(app, parts);
  return application === null ? null : endpoints.byUid(application.id, uid);
}

function holds(
  metadata: Readonly<Record<string, string>>,
  asked: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(asked).every(([key, value]) => metadata[key] === value);
}
