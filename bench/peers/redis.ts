import { spawnSync } from 'node:child_process';
import { makeDataFolder } from '../disk.ts';
import { freePort, QueueServer } from './queue-server.ts';

/** How often Redis makes its append-only file durable: once a second, or before it answers. */
export type AppendFsync = 'everysec' | 'always';

/** The machine's own `redis-server`. Throws where there is none: no package of npm's ships it. */
export async function startRedis(appendFsync: AppendFsync): Promise<QueueServer> {
  const version = /v=(\S+)/.exec(String(spawnSync('redis-server', ['--version']).stdout))?.[1];
  if (version === undefined) {
    throw new Error('redis-server is not installed (Debian: apt-get install redis-server)');
  }
  const { path } = makeDataFolder();
  const port = await freePort();
  const settings = {
    appendonly: 'yes',
    appendfsync: appendFsync,
    // The append-only file is the persistence; snapshots besides would only cost.
    save: '',
    'maxmemory-policy': 'noeviction',
  };
  return QueueServer.start({
    command: 'redis-server',
    args: [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      path,
      ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    cwd: path,
    url: `redis://127.0.0.1:${port}`,
    settings: `Redis ${version}, appendfsync ${appendFsync}, maxmemory-policy noeviction, no snapshots`,
    stopBy: 'SIGTERM',
  });
}
