import { fault, type HoldfastError } from '../../core/index.ts';
import { differing, isEmpty } from './differing.ts';
import { headersChange, type HeadersChange } from './headers-change.ts';
import { faultOfOne, metadataOf, NOTE, rateOf, tallied, type ImportParts } from './parts.ts';
import type { ApplicationRecord, EndpointRecord, HeadersRecord } from './records.ts';
import type { Result, Subject } from './tally.ts';

/** Where the endpoints go. */
export type Copy = {
  /** null: a dry run would have made it. */
  readonly id: string | null;
  /** It was made just now, and nothing is in it. */
  readonly isNew: boolean;
};

/** What steps of one application share. */
type Context = ImportParts & {
  readonly application: ApplicationRecord;
  readonly copy: Copy;
  /** Ids in the copy by the source's ids; read once, when the first endpoint needs them. */
  readonly notedIds: () => Promise<ReadonlyMap<string, string>>;
};

const NO_HEADERS: HeadersRecord = { headers: {}, sensitive: [] };

/** All endpoints of one application, with secrets and headers. Throws where they cannot be listed. */
export async function importEndpoints(
  parts: ImportParts,
  application: ApplicationRecord,
  copy: Copy,
): Promise<void> {
  let noted: Promise<ReadonlyMap<string, string>> | undefined;
  const context: Context = {
    ...parts,
    application,
    copy,
    notedIds: () =>
      (noted ??= parts.target.notedEndpoints(copy.id ?? '', ({ metadata }) => metadata[NOTE])),
  };
  for await (const page of parts.source.endpointsOf(application.id)) {
    for (const each of page) {
      const { id, uid } = 'item' in each ? each.item : { id: each.name, uid: null };
      const subject: Subject = {
        kind: 'endpoints',
        id,
        uid,
        application: application.uid ?? application.id,
      };
      await tallied(parts, subject, async () => {
        if ('invalid' in each) throw each.invalid;
        parts.tally.add('endpoints', await importOne(context, subject, each.item));
      });
    }
  }
}

async function importOne(
  context: Context,
  subject: Subject,
  endpoint: EndpointRecord,
): Promise<Result> {
  const { source, tally, application, copy } = context;
  const [secret, headers] = await Promise.all([
    source.secretOf(application.id, endpoint.id),
    source.headersOf(application.id, endpoint.id),
  ]);
  const { uid, url, description, disabled, eventTypes, channels } = endpoint;
  const wanted = {
    // As both servers store it.
    url: URL.parse(url)?.href ?? url,
    description,
    disabled,
    eventTypes,
    channels,
    metadata: metadataOf(endpoint),
    throttleRate: rateOf(tally, subject, endpoint.throttleRate),
    ...(uid === null ? {} : { uid }),
  };
  const present = copy.isNew ? null : await presentOf(context, endpoint);
  return present === null
    ? create(context, subject, { wanted, secret, headers })
    : update(context, subject, { wanted, secret, headers }, present);
}

async function presentOf(
  { target, copy, notedIds }: Context,
  { id, uid }: EndpointRecord,
): Promise<EndpointRecord | null> {
  if (copy.id === null) return null;
  const byUid = uid === null ? null : await target.endpoint(copy.id, uid);
  if (byUid !== null) return byUid;
  const notedId = (await notedIds()).get(id);
  return notedId === undefined ? null : target.endpoint(copy.id, notedId);
}

type Wanted = {
  readonly wanted: Omit<EndpointRecord, 'id' | 'uid'> & { readonly uid?: string };
  readonly secret: string;
  readonly headers: HeadersRecord;
};

async function create(
  context: Context,
  subject: Subject,
  { wanted, secret, headers }: Wanted,
): Promise<Result> {
  const { target, copy, isDryRun, storeWithFilter } = context;
  if (isPublicKey(secret)) throw publicKeyOnly();
  const change = headersChange(headers, NO_HEADERS);
  if (copy.id === null || isDryRun) {
    lackHeaders(context, subject, change);
    return 'copied';
  }
  const app = copy.id;
  const id = await storeWithFilter(wanted.eventTypes ?? [], () =>
    target.createEndpoint(app, { ...wanted, secret }, subject.id),
  );
  await storeHeaders(context, subject, { app, id, change });
  return 'copied';
}

async function update(
  context: Context,
  subject: Subject,
  { wanted, secret, headers }: Wanted,
  present: EndpointRecord,
): Promise<Result> {
  const { target, copy, isDryRun, storeWithFilter, tally } = context;
  const app = copy.id ?? '';
  const [presentSecret, presentHeaders] = await Promise.all([
    target.secretOf(app, present.id),
    target.headersOf(app, present.id),
  ]);
  const fields = differing(wanted, present);
  const change = headersChange(headers, presentHeaders);
  const isSecretEqual = isSameSecret(secret, presentSecret);
  const isRotating = !isSecretEqual && !isPublicKey(secret);
  if (!isDryRun) {
    if (!isEmpty(fields)) {
      await storeWithFilter(fields.eventTypes ?? [], () =>
        target.patchEndpoint(app, present.id, fields),
      );
    }
    if (isRotating) await target.rotateSecret(app, present.id, secret);
  }
  if (!isSecretEqual && !isRotating) tally.lack(subject, 'secret', publicKeyOnly());
  if (isDryRun) lackHeaders(context, subject, change);
  else await storeHeaders(context, subject, { app, id: present.id, change });
  return isEmpty(fields) && isEmpty(change.set) && !isRotating ? 'equal' : 'updated';
}

async function storeHeaders(
  context: Context,
  subject: Subject,
  given: { readonly app: string; readonly id: string; readonly change: HeadersChange },
): Promise<void> {
  const { target, tally } = context;
  const { app, id, change } = given;
  lackHeaders(context, subject, change);
  if (isEmpty(change.set)) return;
  try {
    await target.patchHeaders(app, id, change.set);
  } catch (thrown) {
    tally.lack(subject, 'headers', faultOfOne(thrown));
  }
}

function lackHeaders({ tally }: ImportParts, subject: Subject, { lacking }: HeadersChange): void {
  for (const { name, error } of lacking) tally.lack(subject, `headers.${name}`, error);
}

function isPublicKey(secret: string): boolean {
  return secret.startsWith('whpk_');
}

function isSameSecret(one: string, other: string): boolean {
  const bytesOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return isPublicKey(one) || isPublicKey(other)
    ? one === other
    : bytesOf(one).equals(bytesOf(other));
}

function publicKeyOnly(): HoldfastError {
  return fault('secret_invalid', {
    field: 'secret',
    detail:
      'It signs with an Ed25519 key, whose private half no server gives out. Make the endpoint in Holdfast with a key of its own, the same uid (or its id as svix_id in the metadata), and give the receiver the new public key.',
  });
}
