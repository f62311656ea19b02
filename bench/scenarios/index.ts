import type { Scenario } from '../scenario.ts';
import { amplification } from './amplification.ts';
import { backlog } from './backlog.ts';
import { batchIntake } from './batch-intake.ts';
import { consoleScenario } from './console.ts';
import { isolation } from './isolation.ts';
import { lostLease } from './lost-lease.ts';
import { oneRequestAMessage } from './one-request-a-message.ts';
import { peers } from './peers.ts';
import { sli } from './sli.ts';
import { soak } from './soak.ts';

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [
  oneRequestAMessage,
  batchIntake,
  backlog,
  isolation,
  lostLease,
  amplification,
  peers,
  sli,
  consoleScenario,
  soak,
];
