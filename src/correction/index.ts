export { applyCorrection } from './apply.ts';
export { comparisons } from './condition.ts';
export { roundings } from './decimal.ts';
export { parseCorrection, type Correction } from './declaration.ts';
export { patchOperations } from './patch.ts';
export type { Corrected, FieldChange, RefusalReason } from './result.ts';
