import type { Random } from '../core/index.ts';
import { SEED_BYTES } from './ed25519-keys.ts';
import {
  asymmetricFromSeed,
  symmetricFromKey,
  type AsymmetricSecret,
  type SymmetricSecret,
} from './secret.ts';

/** RFC 2104 section 3: fewer bytes than the hash's 32 weaken HMAC, more of them add little. */
const GENERATED_KEY_BYTES = 32;

/** A new symmetric secret. Give `systemRandom` unless nothing real depends on it. */
export function generateSecret(random: Random): SymmetricSecret {
  return symmetricFromKey(random.bytes(GENERATED_KEY_BYTES));
}

/** A new Ed25519 key pair as one secret; its `publicKey` goes to the receiver. `systemRandom` here too. */
export function generateKeyPair(random: Random): AsymmetricSecret {
  return asymmetricFromSeed(random.bytes(SEED_BYTES));
}
