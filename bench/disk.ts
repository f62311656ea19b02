import {
  closeSync,
  constants,
  cpSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** File systems by the magic numbers of statfs(2); those in memory prove nothing about a commit. */
const kinds = new Map<number, string>([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x794c7630, 'overlay'],
  [0x1a, 'apfs'],
]);
const inMemory = ['tmpfs', 'ramfs'];
const REPOSITORY_CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));

export type DataFolder = { readonly path: string; readonly fileSystem: string };

const folders = new Set<string>();
process.once('exit', removeDataFolders);

/** All that were made so far, at the latest when this process ends. */
export function removeDataFolders(): void {
  for (const path of folders) removeDataFolder(path);
}

export function removeDataFolder(path: string): void {
  // A process that was just killed may have had a file in the making.
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  folders.delete(path);
}

/** A new folder on a real disk, removed when this process ends. Throws where every candidate lies in memory. */
export function makeDataFolder(): DataFolder {
  for (const parent of [tmpdir(), '/var/tmp', REPOSITORY_CACHE]) {
    const fileSystem = fileSystemOf(parent);
    if (fileSystem === undefined || inMemory.includes(fileSystem)) continue;
    mkdirSync(parent, { recursive: true });
    const path = mkdtempSync(join(parent, 'holdfast-bench-'));
    folders.add(path);
    return { path, fileSystem };
  }
  throw new Error(
    'No temporary folder is on a disk. Set TMPDIR to one that is: a ledger in memory measures nothing.',
  );
}

/**
 * A copy of a data folder, which goes when the others go. Shares blocks where the file system can, and is on the disk
 * when this returns: what is left to write would be written with the first commits that are measured.
 */
export function copyDataFolder(from: DataFolder): DataFolder {
  const copy = makeDataFolder();
  cpSync(from.path, copy.path, { recursive: true, mode: constants.COPYFILE_FICLONE });
  for (const entry of readdirSync(copy.path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = openSync(join(entry.parentPath, entry.name), 'r+');
    fsyncSync(file);
    closeSync(file);
  }
  return copy;
}

function fileSystemOf(folder: string): string | undefined {
  try {
    const { type } = statfsSync(folder);
    return kinds.get(type) ?? `file system 0x${type.toString(16)}`;
  } catch {
    return folder === REPOSITORY_CACHE ? fileSystemOf(join(folder, '..')) : undefined;
  }
}

export function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}

const PROBES = 50;
const PROBE_BYTES = 4096;

/** Milliseconds that appending 4 kB and making it durable takes here, the median of 50: what one commit must cost. */
export function fsyncMs(folder: string): number {
  const path = join(folder, 'fsync-probe');
  const file = openSync(path, 'w');
  try {
    const times = Array.from({ length: PROBES }, () => {
      const startedAt = performance.now();
      writeSync(file, Buffer.alloc(PROBE_BYTES, 0x61));
      fsyncSync(file);
      return performance.now() - startedAt;
    });
    return times.toSorted((left, right) => left - right)[PROBES / 2] ?? Number.NaN;
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
