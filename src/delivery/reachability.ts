import { TLSSocket } from 'node:tls';
import { fault, TokenBucket, type Clock } from '../core/index.ts';
import { classifyError, outcomeMeanings, type OutcomeClass } from '../retry/index.ts';
import { createGuardedConnect, type AddressGuard } from './address-guard.ts';
import { Connection, type ConnectionPhase } from './connection.ts';
import { presentedText } from './peer-certificate.ts';

/** How far a connection to an endpoint came. Times in milliseconds, null for what was not needed or not reached. */
export type Reachability = {
  readonly isReachable: boolean;
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly failedPhase: ConnectionPhase;
  /** The class that an attempt would have had; null where it was reached. */
  readonly outcome: OutcomeClass | null;
  /** What went wrong, in words; null where nothing did. */
  readonly detail: string | null;
  /** The certificate it showed; null without TLS, or where it showed none. */
  readonly certificate: ReachedCertificate | null;
};

export type ReachedCertificate = {
  readonly subject: string;
  readonly issuer: string;
  readonly expiresAt: number;
};

export type ReachabilityParts = {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  readonly timeoutMs: number;
};

/** Throws `rate_limited`. Whatever is wrong with the endpoint is data. */
export type CheckReachability = (url: URL, appId: number) => Promise<Reachability>;

/** An application may look at so many in a burst, and at one more every six seconds: too few to scan ports with. */
const BURST = 10;
const PER_SECOND = 1 / 6;
/** Connections of all applications together. */
const MOST_AT_ONCE = 8;
const MOST_APPLICATIONS = 10_000;

/**
 * Connects to where an endpoint's requests would go, over the same guard, resolver and checks, and closes the connection
 * without a byte of HTTP: nothing is posted.
 */
export function createReachability({
  guard,
  clock,
  timeoutMs,
}: ReachabilityParts): CheckReachability {
  const connect = createGuardedConnect(guard, { connectTimeoutMs: timeoutMs });
  const rates = new Map<number, TokenBucket>();
  let underWay = 0;

  function limit(appId: number): void {
    const now = clock.now();
    const known = rates.get(appId);
    if (known === undefined && rates.size >= MOST_APPLICATIONS) rates.clear();
    const rate = known ?? new TokenBucket(PER_SECOND, BURST, now);
    rates.set(appId, rate);
    if (underWay >= MOST_AT_ONCE) throw fault('rate_limited', { retryAfterSeconds: 1 });
    if (rate.take(now)) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((rate.nextAt(now) - now) / 1000));
    throw fault('rate_limited', { retryAfterSeconds });
  }

  return async (url, appId) => {
    limit(appId);
    underWay += 1;
    const connection = new Connection();
    try {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const { hostname, host, protocol, port } = url;
      connect(
        { hostname, host, protocol, port },
        (error, socket) => {
          if (error === null) resolve(socket);
          else reject(error);
        },
        connection,
      );
      const socket = await promise;
      return { ...reached(connection), certificate: certificateOf(socket) };
    } catch (thrown) {
      return failed(connection, thrown);
    } finally {
      connection.socket?.destroy();
      underWay -= 1;
    }
  };
}

function certificateOf(socket: unknown): ReachedCertificate | null {
  const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (shown === undefined) return null;
  const expiresAt = Date.parse(shown.validTo);
  return { subject: lineOf(shown.subject), issuer: lineOf(shown.issuer), expiresAt };
}

/** Names come from the peer: one line, without control characters, and not too long. */
function lineOf(name: string): string {
  return name.slice(0, 256).trim().replaceAll('\n', ', ').replaceAll(/\p{C}/gu, '\u{fffd}');
}

type Times = Omit<Reachability, 'certificate'>;

function reached(connection: Connection): Times {
  return {
    isReachable: true,
    ...timesOf(connection),
    failedPhase: null,
    outcome: null,
    detail: null,
  };
}

function failed(connection: Connection, thrown: unknown): Reachability {
  const outcome = classifyError(thrown);
  const message = thrown instanceof Error ? thrown.message : 'The connection failed.';
  const shown = connection.presented;
  const told = shown === undefined ? '' : ` ${presentedText(shown)}`;
  return {
    isReachable: false,
    ...timesOf(connection),
    failedPhase: outcome === 'address_refused' ? 'dns' : connection.phase,
    outcome,
    detail: `${outcomeMeanings[outcome]} ${message}${told}`,
    certificate: null,
  };
}

function timesOf({ beganAt, lookedUpAt, connectedAt, readyAt }: Connection) {
  const between = (from: number | undefined, to: number | undefined): number | null =>
    from === undefined || to === undefined ? null : Math.round((to - from) * 1000) / 1000;
  return {
    dnsMs: between(beganAt, lookedUpAt),
    connectMs: between(lookedUpAt ?? beganAt, connectedAt),
    tlsMs: readyAt === connectedAt ? null : between(connectedAt, readyAt),
  };
}
