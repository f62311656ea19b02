import type { Alert, AlertFinding } from './alert.ts';
import type { Alerting } from './alerting.ts';

/** The kind of alerts that say that a notifier fails. */
export const NOTIFIER_KIND = 'notifier';

export function keyOfNotifier(name: string): string {
  return `${NOTIFIER_KIND}:${name}`;
}

/** A notifier fails. `said`: what its server said. */
export function failureOf(name: string, said: string): AlertFinding {
  return {
    key: keyOfNotifier(name),
    kind: NOTIFIER_KIND,
    severity: 'page',
    owner: '',
    consumers: [],
    group: keyOfNotifier(name),
    title: `The notifier "${name}" fails`,
    text: `Alerts could not be told by "${name}". It said: ${said}\nAlerts that it cannot tell go to the notifiers that stand in for it. Test it once it is put right.`,
    facts: { notifier: name, said },
  };
}

/** It says that a notifier fails which was deleted since: nobody could put it right. */
export function isOfGone({ kind, key, clearSince }: Alert, { notifiers }: Alerting): boolean {
  return (
    kind === NOTIFIER_KIND &&
    clearSince === null &&
    !notifiers.has(key.slice(keyOfNotifier('').length))
  );
}

/** What a notifier tells when somebody tests it. */
export function testFinding(actor: string): AlertFinding {
  return {
    key: 'test',
    kind: 'test',
    severity: 'info',
    owner: '',
    consumers: [],
    group: 'test',
    title: 'A test of this notifier',
    text: `${actor} asked for a test of this notifier. Nothing is wrong.`,
    facts: {},
  };
}
