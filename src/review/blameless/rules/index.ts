import { acts } from './acts.ts';
import { hindsight } from './hindsight.ts';
import { persons } from './people.ts';
import { resolutions } from './resolutions.ts';
import type { Rules } from './rule.ts';

/** The table of rules: which patterns raise which flag. */
export const rules: readonly Rules[] = [...acts, ...persons, ...hindsight, ...resolutions];
