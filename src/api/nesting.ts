import { fault } from '../core/index.ts';

/**
 * Throws `validation` for a value nested more deeply than JSON.stringify, or whoever else reads it by recursion, is
 * sure to bear. It goes level by level itself.
 */
export function assertNotDeeper(value: unknown, deepest: number, field: string): void {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) {
      throw fault('validation', {
        field,
        detail: `"${field}" is nested more than ${deepest} levels deep.`,
      });
    }
    level = level.flatMap((each): readonly unknown[] =>
      typeof each === 'object' && each !== null
        ? Object.values(each).filter((member) => typeof member === 'object')
        : [],
    );
  }
}
