/** How much an alert asks for, the most first. */
export const severities = ['page', 'ticket', 'info'] as const;

/** What detectors and the service itself raise. */
export const alertKinds = [
  'burn_rate',
  'small_step',
  'outage',
  'fast_burn',
  'first_dead_letter',
  'unaccounted',
  'stuck',
  'growth',
  'silence',
  'certificate',
  'drift',
  'notifier',
];
