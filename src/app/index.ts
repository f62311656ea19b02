export {
  rotateKey,
  type KeyRotation,
  type KeyRotationOptions,
  type KeyRotationStep,
} from './key-rotation.ts';
export { startService, type Service } from './service.ts';
