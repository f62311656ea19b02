import type { Sealer } from '../core/index.ts';
import type { Canary, Endpoint } from './records.ts';

/** Records that hold something sealed. */
export const sealedKinds = ['endpoint', 'canary'] as const;
export type SealedKind = (typeof sealedKinds)[number];

/**
 * A document with all that is sealed in it sealed anew; null where the current key sealed it already. Texts that were
 * equal stay so, since a change is taken back where what it left is still there.
 * Throws `key_mismatch` where no key of the sealer opens it.
 */
export function resealDocument(kind: SealedKind, doc: string, sealer: Sealer): string | null {
  return kind === 'endpoint' ? resealEndpoint(doc, sealer) : resealCanary(doc, sealer);
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

/** Throws `key_mismatch` where the sealer cannot open all that is sealed in a document. */
export function assertOpens(kind: SealedKind, doc: string, sealer: Sealer): void {
  const sealed =
    kind === 'endpoint' ? sealedTextsOf(endpointOf(doc)) : sealedTextsOfCanary(canaryOf(doc));
  for (const text of sealed) sealer.open(text);
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
