import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { systemClock, type ServiceClock } from '../core/index.ts';

/** What a connection is waiting for; null once it can carry a request. */
export type ConnectionPhase = 'dns' | 'connect' | 'tls' | null;

/** How one connection came about: moments are the clock's `elapsedMs`, undefined while they lie ahead. */
export class Connection {
  readonly beganAt: number;
  readonly #clock: Pick<ServiceClock, 'elapsedMs'>;
  phase: ConnectionPhase = 'connect';
  /** Stays undefined where the host is an address, which nobody looks up. */
  lookedUpAt: number | undefined;
  connectedAt: number | undefined;
  readyAt: number | undefined;
  /** Undefined until there is one to write to. */
  socket: Socket | undefined;
  /** The peer's IP address; while there is no connection, the one that is tried, the last one of several. */
  address: string | null = null;
  /** The chain that the peer showed, whether or not it was trusted (`chainFingerprint`); null: none. */
  certificate: string | null = null;
  /** The certificate that the peer presented, until it was verified. */
  presented: X509Certificate | undefined;

  constructor(clock: Pick<ServiceClock, 'elapsedMs'> = systemClock) {
    this.#clock = clock;
    this.beganAt = clock.elapsedMs();
  }

  /** Follows a socket that has just begun to connect. */
  follow(socket: Socket, { isName, isTls }: { isName: boolean; isTls: boolean }): void {
    this.socket = socket;
    socket.on('connectionAttempt', (address) => {
      this.address = address;
    });
    if (isName) {
      this.phase = 'dns';
      // With several addresses there is an event for each.
      socket.once('lookup', (error) => {
        if (error) return;
        this.lookedUpAt = this.#clock.elapsedMs();
        this.phase = 'connect';
      });
    }
    socket.once('connect', () => {
      this.connectedAt = this.#clock.elapsedMs();
      this.phase = isTls ? 'tls' : null;
      if (!isTls) this.readyAt = this.connectedAt;
    });
    if (isTls) {
      socket.once('secureConnect', () => {
        this.readyAt = this.#clock.elapsedMs();
        this.phase = null;
      });
    }
  }
}
