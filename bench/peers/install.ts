import { installFolder } from '../install-folder.ts';

/** Installs the queues: 91 MB, of which PostgreSQL has 60. */
export function installPeers(progress: (line: string) => void): void {
  installFolder(new URL('./', import.meta.url), 'the queues', progress);
}
