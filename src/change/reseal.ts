import { assertNever, type Sealer } from '../core/index.ts';
import type { Notifier } from './alerting.ts';
import type { Canary, Endpoint } from './records.ts';

/** Records that hold something sealed. */
export const sealedKinds = ['endpoint', 'canary', 'notifier'] as const;
export type SealedKind = (typeof sealedKinds)[number];

/**
 * A document with all that is sealed in it sealed anew; null where the current key sealed it already. Texts that were
 * equal stay so, since a change is taken back where what it left is still there.
 * Throws `key_mismatch` where no key of the sealer opens it.
 */
export function resealDocument(kind: SealedKind, doc: string, sealer: Sealer): string | null {
  switch (kind) {
    case 'endpoint':
      return resealEndpoint(doc, sealer);
    case 'canary':
      return resealCanary(doc, sealer);
    case 'notifier':
      return resealNotifier(doc, sealer);
    default:
      return assertNever(kind);
  }
}

function resealEndpoint(doc: string, sealer: Sealer): string | null {
  const endpoint = endpointOf(doc);
  if (sealedTextsOf(endpoint).every((sealed) => sealer.reseal(sealed) === sealed)) return null;
  const { sealedHeaders, secrets } = endpoint;
  return JSON.stringify({
    ...endpoint,
    sealedHeaders: sealedHeaders === null ? null : sealer.reseal(sealedHeaders),
    secrets: secrets.map(({ sealed, expiresAt }) => ({ sealed: sealer.reseal(sealed), expiresAt })),
  } satisfies Endpoint);
}

function resealCanary(doc: string, sealer: Sealer): string | null {
  const canary = canaryOf(doc);
  if (sealedTextsOfCanary(canary).every((sealed) => sealer.reseal(sealed) === sealed)) return null;
  const { sealedHeaders, sealedSecret } = canary;
  return JSON.stringify({
    ...canary,
    ...(typeof sealedHeaders === 'string' ? { sealedHeaders: sealer.reseal(sealedHeaders) } : {}),
    ...(sealedSecret === undefined ? {} : { sealedSecret: sealer.reseal(sealedSecret) }),
  } satisfies Canary);
}

function resealNotifier(doc: string, sealer: Sealer): string | null {
  const notifier = notifierOf(doc);
  const { sealedSecret } = notifier;
  if (sealedSecret === null || sealer.reseal(sealedSecret) === sealedSecret) return null;
  return JSON.stringify({
    ...notifier,
    sealedSecret: sealer.reseal(sealedSecret),
  } satisfies Notifier);
}

/** Throws `key_mismatch` where the sealer cannot open all that is sealed in a document. */
export function assertOpens(kind: SealedKind, doc: string, sealer: Sealer): void {
  for (const text of sealedTextsIn(kind, doc)) sealer.open(text);
}

function sealedTextsIn(kind: SealedKind, doc: string): readonly string[] {
  switch (kind) {
    case 'endpoint':
      return sealedTextsOf(endpointOf(doc));
    case 'canary':
      return sealedTextsOfCanary(canaryOf(doc));
    case 'notifier':
      return [notifierOf(doc).sealedSecret].filter((sealed) => sealed !== null);
    default:
      return assertNever(kind);
  }
}

function sealedTextsOfCanary({ sealedHeaders, sealedSecret }: Canary): readonly string[] {
  return [sealedHeaders, sealedSecret].filter((sealed) => typeof sealed === 'string');
}

function sealedTextsOf({ sealedHeaders, secrets }: Endpoint): readonly string[] {
  return [
    ...secrets.map(({ sealed }) => sealed),
    ...(sealedHeaders === null ? [] : [sealedHeaders]),
  ];
}

/** Documents are written by configuration.ts and here, and by nobody else. */
function endpointOf(doc: string): Endpoint {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as Endpoint;
}

function canaryOf(doc: string): Canary {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(doc) as Canary;
}

function notifierOf(doc: string): Notifier {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return JSON.parse(doc) as Notifier;
}
