import { Client, type Agent, type Dispatcher, Pool } from 'undici';
import type { ServiceClock } from '../core/index.ts';
import { Connection } from './connection.ts';
import type { GuardedConnect } from './address-guard.ts';

/** A handler that is told which client it is on: the client's connection is then the one its request waits for. */
export type TimedHandler = Dispatcher.DispatchHandler & { client: TimedClient | undefined };

/**
 * undici connects for a client, not for a request, and says nothing of it to the handler. A client has one connection
 * and, as a pool uses it, one request at a time; so what its connection went through last is what the request waited
 * for, if it began before the connection did.
 */
export class TimedClient extends Client {
  /** The last connection that was begun. */
  connection: Connection | undefined;

  constructor(
    origin: URL,
    options: Client.Options,
    connect: GuardedConnect,
    clock: Pick<ServiceClock, 'elapsedMs'>,
  ) {
    super(origin, {
      ...options,
      connect: (target, callback) => {
        this.connection = new Connection(clock);
        connect(target, callback, this.connection);
      },
    });
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    if (isTimed(handler)) handler.client = this;
    return super.dispatch(options, handler);
  }
}

function isTimed(handler: Dispatcher.DispatchHandler): handler is TimedHandler {
  return 'client' in handler;
}

/** For `new Agent({ factory })`: pools of timed clients. */
export function timedPools(
  connect: GuardedConnect,
  clock: Pick<ServiceClock, 'elapsedMs'>,
): NonNullable<Agent.Options['factory']> {
  return (origin, options) =>
    new Pool(origin, {
      // oxlint-disable-next-line typescript/no-misused-spread -- the agent's options are a plain object, typed as Object
      ...options,
      // Without it undici lets all requests to an https origin wait until the first connection has told its protocol.
      allowH2: false,
      connect,
      factory: (url, clientOptions) => new TimedClient(url, clientOptions, connect, clock),
    });
}
