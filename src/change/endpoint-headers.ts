import { fault, type Sealer } from '../core/index.ts';

/** Headers that an endpoint's requests carry, by name. */
export type EndpointHeaders = Readonly<Record<string, string>>;

const MOST_HEADERS = 50;
const LONGEST_VALUE = 4096;
/** RFC 9110 section 5.6.2: a field name is a token. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
/** RFC 9110 section 5.5 without obs-text: visible ASCII, spaces and tabs within. */
const VALUE = /^[\t\x20-\x7e]*$/;
/** What the connection, the body or Holdfast itself decides. */
const RESERVED = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);
const RESERVED_PREFIXES = ['webhook-', 'svix-', 'holdfast-'];

/** Throws `validation` naming the header; also for two names that differ only in case, which are one header. */
export function checkHeaders(headers: EndpointHeaders): EndpointHeaders {
  const names = Object.keys(headers);
  if (names.length > MOST_HEADERS) {
    throw fault('validation', {
      field: 'headers',
      detail: `An endpoint has at most ${MOST_HEADERS} headers.`,
    });
  }
  const seen = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    const value = headers[name] ?? '';
    const field = `headers.${name.slice(0, 128)}`;
    if (!TOKEN.test(name)) {
      throw fault('validation', { field, detail: 'That is not a header name.' });
    }
    if (RESERVED.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix))) {
      throw fault('validation', { field, detail: `The header ${name} is set by Holdfast itself.` });
    }
    if (seen.has(lower)) {
      throw fault('validation', { field, detail: `The header ${name} is given twice.` });
    }
    seen.add(lower);
    if (value.length > LONGEST_VALUE || !VALUE.test(value)) {
      throw fault('validation', {
        field,
        detail: `The value of ${name} must be visible ASCII of at most ${LONGEST_VALUE} characters.`,
      });
    }
  }
  return headers;
}

export function sealHeaders(headers: EndpointHeaders, sealer: Sealer): string | null {
  return Object.keys(headers).length === 0 ? null : sealer.seal(JSON.stringify(headers));
}

export function openHeaders(sealed: string | null, sealer: Sealer): EndpointHeaders {
  if (sealed === null) return {};
  const opened: unknown = JSON.parse(sealer.open(sealed));
  return Object.fromEntries(
    Object.entries(opened ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
