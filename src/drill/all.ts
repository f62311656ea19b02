import type { Drill } from './drill.ts';
import { badChange } from './drills/bad-change.ts';
import { halfFailover } from './drills/half-failover.ts';
import { hundredfold } from './drills/hundredfold.ts';
import { nullOutage } from './drills/null-outage.ts';
import { silentDrop } from './drills/silent-drop.ts';

/** All of them; a new one is a file in drills/ and a line here. */
export const drills: readonly Drill[] = [silentDrop, hundredfold, halfFailover, nullOutage, badChange];
