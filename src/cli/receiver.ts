import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock, Random } from '../core/index.ts';
import {
  standardHeaders,
  verify,
  type VerificationKey,
  type VerifyFailure,
} from '../signature/index.ts';

/** How a receiver answers. A bad signature is always answered 401. */
export type ReceiverBehaviour = {
  /** Any of them may have signed; without one nothing is verified. */
  readonly secrets: readonly VerificationKey[];
  readonly status: number;
  /** This part of the requests, drawn at random, is answered 500. */
  readonly failShare: number;
  readonly delayMs: number;
  /** Requests are taken and never answered. */
  readonly isStalling: boolean;
};

export type Received = {
  readonly at: number;
  readonly id: string;
  readonly payloadBytes: number;
  readonly verdict: 'verified' | 'unchecked' | VerifyFailure;
  /** The webhook-id was here before: receivers should do nothing the second time. */
  readonly isDuplicate: boolean;
  /** null: never answered. */
  readonly status: number | null;
};

type Parts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly onReceived: (received: Received) => void;
};

/** Holdfast's own largest payload. */
const LONGEST_BODY_BYTES = 16 * 1_048_576;
/** Ids that are remembered to know duplicates: some megabytes. */
const REMEMBERED_IDS = 100_000;

/** A webhook receiver, not listening yet. */
export function createReceiver(behaviour: ReceiverBehaviour, parts: Parts): Server {
  const seen = new Set<string>();

  function isSeen(id: string): boolean {
    if (seen.has(id)) return true;
    const [oldest] = seen;
    if (seen.size >= REMEMBERED_IDS && oldest !== undefined) seen.delete(oldest);
    seen.add(id);
    return false;
  }

  function take(request: IncomingMessage, response: ServerResponse, payload: Buffer | null): void {
    const at = parts.clock.now();
    const id = headerOf(request, standardHeaders.id);
    const verdict = payload === null ? 'unchecked' : verdictOn(request, payload, at);
    const status = payload === null ? 413 : statusFor(verdict);
    const isDuplicate = id !== '' && isSeen(id);
    const payloadBytes = payload?.length ?? 0;
    parts.onReceived({ at, id, payloadBytes, verdict, isDuplicate, status });
    if (status === null) return;
    const answer = (): void => {
      response.writeHead(status).end();
    };
    if (behaviour.delayMs === 0) answer();
    else response.once('close', parts.clock.after(behaviour.delayMs, answer));
  }

  function verdictOn(request: IncomingMessage, payload: Buffer, now: number): Received['verdict'] {
    if (behaviour.secrets.length === 0) return 'unchecked';
    const verification = verify({
      secrets: behaviour.secrets,
      id: headerOf(request, standardHeaders.id),
      timestamp: headerOf(request, standardHeaders.timestamp),
      signatureHeader: headerOf(request, standardHeaders.signature),
      payload,
      nowSeconds: Math.floor(now / 1000),
    });
    return verification.isValid ? 'verified' : verification.reason;
  }

  function statusFor(verdict: Received['verdict']): number | null {
    if (behaviour.isStalling) return null;
    if (verdict !== 'verified' && verdict !== 'unchecked') return 401;
    return parts.random.next() < behaviour.failShare ? 500 : behaviour.status;
  }

  return createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end();
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= LONGEST_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => {
      take(request, response, bytes > LONGEST_BODY_BYTES ? null : Buffer.concat(chunks));
    });
  });
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
