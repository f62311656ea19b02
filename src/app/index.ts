export {
  rotateKey,
  type KeyRotation,
  type KeyRotationOptions,
  type KeyRotationStep,
} from './key-rotation.ts';
export { metricFamilies, type MetricFamily } from './metric-families.ts';
export type { Service } from './service.ts';
export { startService } from './start-service.ts';
