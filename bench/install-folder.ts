import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Installs what a folder's own package.json asks for at the first use, and again when its lock has changed: what nobody
 * who only builds Holdfast should have to wait for. No script of theirs runs. Throws where npm fails.
 *
 * @param folder ends in a slash.
 */
export function installFolder(folder: URL, what: string, progress: (line: string) => void): void {
  const path = fileURLToPath(folder);
  const stampPath = new URL('node_modules/.holdfast-installed', folder);
  const lock = readFileSync(new URL('package-lock.json', folder));
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  progress(`installing ${what} with "npm ci" in ${path}, about 10 s`);
  const run = spawnSync('npm ci --include=optional --ignore-scripts --loglevel=error', {
    cwd: path,
    shell: true,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`"npm ci" in ${path} failed:\n${run.stderr}`);
  writeFileSync(stampPath, stamp);
}
