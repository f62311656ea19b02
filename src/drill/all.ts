import type { Drill } from './drill.ts';
import { nullOutage } from './drills/null-outage.ts';

/** All of them; a new one is a file in drills/ and a line here. */
export const drills: readonly Drill[] = [nullOutage];
