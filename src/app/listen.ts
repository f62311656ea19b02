import type { AddressInfo } from 'node:net';
import { fault, type Settings } from '../core/index.ts';
import type { createServer } from '../api/index.ts';

type Server = ReturnType<typeof createServer>;

/** Throws `config_invalid` where the port is in use, or the host is none of this machine's. */
export async function listen(server: Server, settings: Settings): Promise<void> {
  try {
    await server.listen({ host: settings.host, port: settings.port });
  } catch (cause) {
    throw cannotListen(settings, cause);
  }
}

/** http://host:port, as it listens; the port is 0 where it does not. */
export function urlOf(server: Server, host: string): string {
  const address: AddressInfo | string | null = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function cannotListen({ host, port }: Settings, cause: unknown): Error {
  const reason = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (reason === 'EADDRINUSE') {
    return fault('config_invalid', {
      field: 'HOLDFAST_PORT',
      detail: `Port ${port} on ${host} is in use. Stop what listens there, or start with --port and another number.`,
      cause,
    });
  }
  return fault('config_invalid', {
    field: 'HOLDFAST_HOST',
    detail: `Holdfast cannot listen on ${host}:${port} (${String(reason)}). Give another host or port.`,
    cause,
  });
}
