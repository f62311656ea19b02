export { applyCorrection } from './apply.ts';
export { comparisons } from './condition.ts';
export { parseDecimal, roundings, roundToInteger } from './decimal.ts';
export { parseCorrection, type Correction } from './declaration.ts';
export { patchOperations } from './patch.ts';
export { parsePointer } from './path.ts';
export type { Corrected, FieldChange, RefusalReason } from './result.ts';
