export { applyCorrection } from './apply.ts';
export { comparisons } from './condition.ts';
export { roundings } from './decimal.ts';
export { parseCorrection, type Correction } from './declaration.ts';
export { patchOperations } from './patch.ts';
export { refusals, type Corrected, type FieldChange, type RefusalReason } from './result.ts';
