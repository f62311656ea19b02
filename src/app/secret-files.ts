import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { fault, type Random } from '../core/index.ts';
import { readOrMake } from './private-file.ts';

const TOKEN_BYTES = 32;
const SHORTEST_TOKEN = 24;

/** A key for one purpose (RFC 5869), so that no key serves two. */
export function derivedKey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `holdfast ${purpose}`, 32));
}

/** The admin token: the setting's, or the one in dataDir/admin-token, made at the first start. */
export function adminToken(dataDir: string, setting: string, random: Random): string {
  if (setting === '') {
    return readOrMake(
      join(dataDir, 'admin-token'),
      () => `hf_${Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')}`,
    );
  }
  if (setting.length >= SHORTEST_TOKEN) return setting;
  throw fault('config_invalid', {
    field: 'HOLDFAST_ADMIN_TOKEN',
    detail: `The admin token must have at least ${SHORTEST_TOKEN} characters.`,
  });
}
