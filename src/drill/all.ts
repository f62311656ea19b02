import type { Drill } from './drill.ts';
import { badChange } from './drills/bad-change.ts';
import { halfFailover } from './drills/half-failover.ts';
import { hundredfold } from './drills/hundredfold.ts';
import { leak } from './drills/leak.ts';
import { newChain } from './drills/new-chain.ts';
import { nullOutage } from './drills/null-outage.ts';
import { redHerring } from './drills/red-herring.ts';
import { retryStorm } from './drills/retry-storm.ts';
import { silentDrop } from './drills/silent-drop.ts';

/** All of them; a new one is a file in drills/ and a line here. */
export const drills: readonly Drill[] = [
  silentDrop,
  retryStorm,
  hundredfold,
  halfFailover,
  redHerring,
  leak,
  newChain,
  nullOutage,
  badChange,
];
