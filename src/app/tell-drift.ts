import { assertNever, timeOfId, type IdSource, type IdText } from '../core/index.ts';
import type { DriftFinding } from '../contract/index.ts';
import type { DriftFound } from '../intake/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Alerts } from '../slo/index.ts';

export type TellDriftParts = {
  readonly ledger: Pick<Ledger, 'recordChange'>;
  readonly alerts: () => Pick<Alerts, 'raise'>;
  readonly ids: IdSource;
  readonly idText: IdText;
};

/** Payloads that changed stand in the list of changes, once, and somebody is told. */
export function createTellDrift({ ledger, alerts, ids, idText }: TellDriftParts): DriftFound {
  const recorded = new WeakSet<DriftFinding>();
  return async (eventType, finding) => {
    const item = {
      kind: 'drift' as const,
      verb: 'observed' as const,
      appId: 0,
      subjectId: null,
      subject: eventType,
      before: null,
      after: JSON.stringify(finding),
    };
    const title = `${eventType}: ${wordsOf(finding)}`;
    const examples = finding.examples.map(({ messageId }) => idText.format('message', messageId));
    if (!recorded.has(finding)) {
      const change = {
        id: ids.next(),
        actor: 'holdfast',
        via: 'holdfast',
        reason: '',
        item,
      } as const;
      await ledger.recordChange(change);
      recorded.add(finding);
    }
    await alerts().raise({
      key: `drift ${eventType} ${finding.kind} ${finding.field}`,
      kind: 'drift',
      severity: 'ticket',
      owner: '',
      consumers: [],
      group: `drift ${eventType}`,
      title,
      text: [
        `${title}, since ${new Date(timeOfId(finding.sinceMessageId)).toISOString()}.`,
        finding.share === null
          ? 'One message was enough to tell.'
          : `About ${(finding.share * 100).toPrecision(2)} % of the messages show it.`,
        `Chance alone says so once in ${finding.oncePerMessages.toLocaleString('en-US')} messages at most.`,
        `Such messages: ${examples.join(', ')}.`,
        'Is it right so? Then accept it; otherwise pause the endpoints, correct and replay.',
      ].join('\n'),
      facts: { eventType, finding: finding.id, field: finding.field, kind: finding.kind },
    });
  };
}

function wordsOf({ kind, field, factor, value }: DriftFinding): string {
  switch (kind) {
    case 'shift':
      return `values of ${field} are ${factor === null ? 'shifted' : `${factor} times what they were`} in a part of the messages`;
    case 'vanished':
      return `${field} is missing in messages that used to have it`;
    case 'new_value':
      return `${field} has a value that it never had: ${String(value).slice(0, 100)}`;
    case 'type_changed':
      return `${field} has another type: ${String(value)}`;
    default:
      return assertNever(kind);
  }
}
