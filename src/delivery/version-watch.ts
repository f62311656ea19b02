import { fault } from '../core/index.ts';
import type { Sighting } from '../ledger/index.ts';
import {
  createObservationWatch,
  DAY_MS,
  type ObservationWatchParts,
  type Peer,
} from './observation-watch.ts';

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type VersionWatch = {
  /**
   * Takes the headers of an answer, by names in lower case. Costs a comparison of each header that is watched where
   * the origin's last answer had the same. Never throws.
   */
  observe(origin: string, statusCode: number, headers: AnswerHeaders): void;
};

/** Whatever a receiver sends, this much of a value is kept. */
const LONGEST_VALUE = 128;
const MOST_NAMES = 16;
/** In memory, as there are peers. */
const MOST_ORIGINS = 10_000;
/** Headers that may hold what grants access. */
const secret =
  /^(?:set-cookie2?|cookie|.*auth.*|.*token.*|.*secret.*|.*key.*|.*session.*|.*csrf.*)$/;

/** What an origin's last answer had, in the order of the names, and when it was looked at. */
type Last = { readonly values: (string | undefined)[]; readonly peer: Peer; day: number };

/** Header names by commas. Throws `config_invalid`. */
export function parseVersionHeaders(text: string): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const wrong = names.find((name) => !/^[\w.-]{1,64}$/.test(name) || secret.test(name));
  if (wrong !== undefined || names.length > MOST_NAMES) {
    throw fault('config_invalid', {
      field: 'HOLDFAST_VERSION_HEADERS',
      detail:
        wrong === undefined
          ? `HOLDFAST_VERSION_HEADERS names ${names.length} headers; at most ${MOST_NAMES} are watched.`
          : `HOLDFAST_VERSION_HEADERS: "${wrong.slice(0, 64)}" is no header that may be kept: it is malformed, or by its name a secret.`,
    });
  }
  return [...new Set(names)];
}

/** Watches the versions that receivers tell of in response headers. */
export function createVersionWatch(
  names: readonly string[],
  parts: ObservationWatchParts,
): VersionWatch {
  const watch = createObservationWatch('server', parts);
  const { clock } = parts;
  const origins = new Map<string, Last>();

  const lastOf = (origin: string): Last | undefined => {
    const known = origins.get(origin);
    if (known !== undefined) return known;
    const peer = watch.peer(peerOf(origin));
    if (peer === undefined) return undefined;
    const [oldest] = origins.keys();
    if (origins.size >= MOST_ORIGINS && oldest !== undefined) origins.delete(oldest);
    const last = { values: names.map(() => undefined), peer, day: -1 };
    origins.set(origin, last);
    return last;
  };

  return {
    observe(origin, statusCode, headers) {
      if (names.length === 0 || isOfGateway(statusCode)) return;
      const last = lastOf(origin);
      if (last === undefined) return;
      const now = clock.now();
      const day = Math.floor(now / DAY_MS);
      let isSame = last.day === day && now < last.peer.heldUntil;
      for (let at = 0; isSame && at < names.length; at += 1) {
        isSame = headers[names[at] ?? ''] === last.values[at];
      }
      if (isSame) return;
      last.day = day;
      const shown: Sighting[] = [];
      for (const [at, name] of names.entries()) {
        const given = headers[name];
        // A value that is too long is not held on to: the next one is looked at again.
        last.values[at] =
          typeof given === 'string' && given.length <= LONGEST_VALUE ? given : undefined;
        const value = plain(name, Array.isArray(given) ? given.join(', ') : (given ?? ''));
        if (value !== '') shown.push({ name, key: value, texts: [value] });
      }
      if (shown.length > 0) watch.observe(last.peer, shown);
    },
  };
}

/** What stands before a service answers so in its place, with headers of its own. */
function isOfGateway(statusCode: number): boolean {
  return statusCode === 403 || statusCode === 408 || statusCode === 429 || statusCode > 501;
}

function peerOf(origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/**
 * One line without control characters, cut. A gateway that names its machine (`1.1 d4f0c2a19b.cdn.test`) is the same
 * gateway on the next one.
 */
function plain(name: string, value: string): string {
  // A copy: a part of a string keeps the whole of it in memory.
  const part =
    value.length <= LONGEST_VALUE
      ? value
      : Buffer.from(value.slice(0, 4 * LONGEST_VALUE)).toString();
  const line = part.trim();
  const clean = /^[ -~]*$/.test(line) ? line : line.replaceAll(/\p{C}/gu, '\u{fffd}');
  const known = name === 'via' ? clean.replaceAll(/\b(?=[a-z]*\d)[\da-z]{8,}\b/gi, '*') : clean;
  return known.length > LONGEST_VALUE ? `${known.slice(0, LONGEST_VALUE - 1)}…` : known;
}
