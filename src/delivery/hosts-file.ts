import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';

/** Names that the machine's administrator gave addresses, in lower case. */
export type Hosts = ReadonlyMap<string, readonly string[]>;

/** Where the system keeps them. */
export const hostsFile =
  process.platform === 'win32'
    ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts')
    : '/etc/hosts';

const LARGEST_BYTES = 1_048_576;

/** hosts(5): an address, then names; "#" begins a comment. What is no address is passed over. */
export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      const known = hosts.get(key);
      if (known === undefined) hosts.set(key, [address]);
      else if (!known.includes(address)) known.push(address);
    }
  }
  return hosts;
}

/** Reads the file, and again once it changed; looks at most once a second. Without one there are no names. */
export function createHostsReader(path: string, now: () => number): () => Promise<Hosts> {
  let hosts: Hosts = new Map();
  let version = '';
  let lookedAt = -Infinity;
  let reading: Promise<Hosts> | undefined;
  const read = async (): Promise<Hosts> => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const found = `${mtimeMs} ${size} ${ino}`;
      if (found !== version && size <= LARGEST_BYTES) {
        hosts = parseHosts(await readFile(path, 'utf8'));
        version = found;
      }
    } catch {
      hosts = new Map();
      version = '';
    }
    return hosts;
  };
  return () => {
    if (now() - lookedAt < 1000) return reading ?? Promise.resolve(hosts);
    lookedAt = now();
    reading = read();
    return reading;
  };
}
