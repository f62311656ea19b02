import { hkdfSync } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fault, SEALING_KEY_BYTES, type Random } from '../core/index.ts';

const TOKEN_BYTES = 32;
const SHORTEST_TOKEN = 24;

/** The sealing key: the setting's, or the one in dataDir/key, made at the first start. Throws `config_invalid`. */
export function sealingKey(dataDir: string, setting: string, random: Random): Uint8Array {
  const base64 =
    setting === ''
      ? readOrMake(join(dataDir, 'key'), () =>
          Buffer.from(random.bytes(SEALING_KEY_BYTES)).toString('base64'),
        )
      : setting;
  const key = Buffer.from(base64, 'base64');
  if (key.length === SEALING_KEY_BYTES) return key;
  throw fault('config_invalid', {
    field: 'HOLDFAST_ENCRYPTION_KEY',
    detail: `The encryption key must be ${SEALING_KEY_BYTES} bytes in base64; "openssl rand -base64 32" makes one.`,
  });
}

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

/** A file that only its owner reads. Made whole and durable before its content is used. */
function readOrMake(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  const text = make();
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o600);
  return text;
}
