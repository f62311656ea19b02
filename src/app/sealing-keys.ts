import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  environmentName,
  fault,
  SEALING_KEY_BYTES,
  type Random,
  type Settings,
} from '../core/index.ts';
import { readOrMake } from './private-file.ts';

/** In the data folder: the key in use, the one that a rotation goes over to, the one it came from. */
export const keyFiles = { current: 'key', next: 'key.next', previous: 'key.previous' } as const;

export type KeySettings = Pick<Settings, 'dataDir' | 'encryptionKey' | 'previousEncryptionKey'>;

export type SealingKeys = {
  /** It seals, and what else hangs on the key is derived from it. */
  readonly current: Uint8Array;
  /** All that open, the current one first. */
  readonly all: readonly Uint8Array[];
  /** A rotation ended in the middle: some secrets are sealed with dataDir/key.next already. */
  readonly isRotationUnfinished: boolean;
};

/**
 * The sealing key: the setting's, or the one in dataDir/key, made at the first start; beside it those that may have
 * sealed something still. Throws `config_invalid`.
 */
export function sealingKeys(settings: KeySettings, random: Random): SealingKeys {
  const { dataDir } = settings;
  const given = keyFromSetting(settings, 'encryptionKey');
  const previous = keyFromSetting(settings, 'previousEncryptionKey');
  if (given !== null) {
    return { current: given, all: present(given, previous), isRotationUnfinished: false };
  }
  const path = join(dataDir, keyFiles.current);
  const made = readOrMake(path, () => newKeyText(random));
  const current = keyFrom(made, path);
  const next = keyFromFile(join(dataDir, keyFiles.next));
  return { current, all: present(current, next, previous), isRotationUnfinished: next !== null };
}

/** Null where the setting is empty. Throws `config_invalid`. */
export function keyFromSetting(
  settings: KeySettings,
  name: 'encryptionKey' | 'previousEncryptionKey',
): Uint8Array | null {
  return settings[name] === '' ? null : keyFrom(settings[name], environmentName(name));
}

/** Null where there is no such file. Throws `config_invalid`. */
export function keyFromFile(path: string): Uint8Array | null {
  return existsSync(path) ? keyFrom(readFileSync(path, 'utf8').trim(), path) : null;
}

/** The keys that are there, in their order. */
export function present(...keys: readonly (Uint8Array | null)[]): readonly Uint8Array[] {
  return keys.filter((key) => key !== null);
}

/** A new key as its file holds it. */
export function newKeyText(random: Random): string {
  return Buffer.from(random.bytes(SEALING_KEY_BYTES)).toString('base64');
}

function keyFrom(base64: string, place: string): Uint8Array {
  const key = Buffer.from(base64, 'base64');
  if (key.length === SEALING_KEY_BYTES) return key;
  throw fault('config_invalid', {
    field: place,
    detail: `The encryption key must be ${SEALING_KEY_BYTES} bytes in base64; "openssl rand -base64 32" makes one.`,
  });
}
