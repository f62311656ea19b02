export { generateKeyPair, generateSecret } from './generate-secret.ts';
export { standardHeaders, svixHeaders, type SignatureHeaders } from './headers.ts';
export {
  DEFAULT_OVERLAP_MS,
  MAX_OLD_SECRETS,
  MAX_OVERLAP_MS,
  rotate,
  secretsInForce,
  type OldSecret,
  type RotatingSecrets,
} from './rotation.ts';
export {
  parsePublicKey,
  parseSecret,
  publicKeyOf,
  type AsymmetricSecret,
  type PublicKey,
  type Secret,
  type SymmetricSecret,
  type VerificationKey,
} from './secret.ts';
export { createSigner, type Signer } from './signer.ts';
export { verify, type Verification, type VerifyFailure, type VerifyInput } from './verify.ts';
