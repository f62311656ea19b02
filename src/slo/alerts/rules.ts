import { isMaintained, type Alerting } from './alerting.ts';
import { planTelling } from './plan.ts';
import { escalationsMs } from './routing.ts';
import type { AlertRules } from './state.ts';

/** Its condition must be gone so long before it is resolved. */
const HOLD_MS = 300_000;
/** What fires again so soon counts up. */
export const FLAP_MS = 3_600_000;
/** Where there is no notifier for an alert, it is looked for again so often. */
const ASK_AGAIN_MS = 60_000;

/** By which an alert moves, as it is configured now. */
export function rulesOf(how: Alerting): AlertRules {
  const { routes, windows } = how;
  return {
    holdMs: HOLD_MS,
    flapMs: FLAP_MS,
    askAgainMs: ASK_AGAIN_MS,
    isMaintained: (alert, now) => isMaintained(windows, alert, now),
    escalationsMs: (alert, now) => escalationsMs(routes, alert, now),
    canTell: (alert, cause, now) =>
      planTelling(alert, { kind: 'notify', cause, afterMs: 0 }, how, now).targets.length > 0,
  };
}
