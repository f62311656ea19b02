import type { IdText } from '../core/index.ts';
import { objectiveOf, type Alert, type Explanation, type Finding } from '../slo/index.ts';
import type { AttachedAlert } from './incident.ts';

/** What an alert is about, as its key says; null: the service itself, or a thing of its own. */
export type AlertSubject =
  | { readonly kind: 'objective'; readonly name: string }
  /** Its public id. */
  | { readonly kind: 'endpoint'; readonly id: string };

export function subjectOf(key: string): AlertSubject | null {
  const name = objectiveOf(key);
  if (name !== null) return { kind: 'objective', name };
  const id = /^(?:fast_burn endpoint|stuck lane of|growth \w+ of) (\S+)$/.exec(key)?.[1];
  return id === undefined ? null : { kind: 'endpoint', id };
}

/** Of dimensions that say the same the most telling one is taken. */
const byTelling = ['endpoint', 'host', 'event type', 'application'];
/** What accounts for less of the failures explains nothing. */
const LEAST_EXPLAINED = 0.5;

/** What separates the failing from the healthy, as `dimension value`; null: nothing does. */
export function explanationOf({ key, facts }: Pick<Alert, 'key' | 'facts'>): string | null {
  const subject = subjectOf(key);
  if (subject?.kind === 'endpoint') return `endpoint ${subject.id}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by src/slo/watch
  const explanations = (facts['explanations'] ?? []) as readonly Explanation[];
  const [first] = explanations;
  if (first === undefined || first.explained < LEAST_EXPLAINED) return null;
  const [best] = explanations
    .filter(({ bad, total }) => bad === first.bad && total === first.total)
    .toSorted(
      (one, other) => byTelling.indexOf(one.dimension) - byTelling.indexOf(other.dimension),
    );
  return best === undefined ? null : `${best.dimension} ${best.value}`;
}

/** What its detector found; null: it was raised by something else. */
export function findingOf({ facts }: Pick<Alert, 'facts'>): Finding | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by src/slo/watch
  return (facts['finding'] as Finding | undefined) ?? null;
}

export function attachedOf(alert: Alert, idText: IdText): AttachedAlert {
  const { id, count, key, kind, group, title, firedAt, severity, owner } = alert;
  const explanation = explanationOf(alert);
  const publicId = idText.format('alert', id);
  return {
    alertId: id,
    publicId,
    count,
    key,
    kind,
    group,
    title,
    firedAt,
    severity,
    owner,
    explanation,
  };
}
