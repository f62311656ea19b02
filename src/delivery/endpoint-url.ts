import { fault, type HoldfastError } from '../core/index.ts';

const LONGEST_URL = 65_536;

/** Labels of up to 63 letters, digits, hyphens, underscores; 253 characters; a dot may end it. */
const NAME_PATTERN = /^(?=.{1,253}\.?$)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?$/i;
/** To inet_aton, and to the URL standard ("Host parsing"), a number at the end makes it IPv4. */
const NUMERIC_END = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i;
const LOCALHOST = /(?:^|\.)localhost\.?$/i;

/**
 * The form of an endpoint's URL: absolute, http or https, without credentials, up to 65,536
 * characters. Throws `url_invalid`, field `url`.
 */
export function parseEndpointUrl(text: string): URL {
  if (text.length > LONGEST_URL) throw invalid(`The URL is longer than ${LONGEST_URL} characters.`);
  const url = URL.parse(text);
  if (url === null) throw invalid('The URL is not absolute, like https://example.com/hook.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid('The URL must begin with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('The URL holds a user name or a password. Leave them out; requests are signed.');
  }
  return url;
}

/** Whether a host can only be a name for a resolver to look up: no spelling of an IP address is. */
export function isHostName(host: string): boolean {
  return NAME_PATTERN.test(host) && !NUMERIC_END.test(host);
}

/** Names that lead to the machine itself whatever a resolver says (RFC 6761 section 6.3). */
export function isLocalhost(host: string): boolean {
  return LOCALHOST.test(host);
}

function invalid(detail: string): HoldfastError {
  return fault('url_invalid', { field: 'url', detail });
}
