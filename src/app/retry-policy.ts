import { environmentName, fault, HoldfastError, type Settings } from '../core/index.ts';
import { defaultPolicy, parsePolicy, parseSchedule, type RetryPolicy } from '../retry/index.ts';

/** The policy that the settings describe. Throws `config_invalid`. */
export function retryPolicyOf(settings: Settings): RetryPolicy {
  try {
    return parsePolicy({
      ...defaultPolicy,
      delaysMs: parseSchedule(settings.retrySchedule),
      jitter: settings.retryJitterPercent / 100,
      maxAgeMs: settings.retryMaxAgeMs,
    });
  } catch (cause) {
    if (!(cause instanceof HoldfastError)) throw cause;
    throw fault('config_invalid', {
      field: environmentName('retrySchedule'),
      detail: cause.message,
      cause,
    });
  }
}
