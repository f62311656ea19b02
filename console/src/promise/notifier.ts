import type { OperationId, RowOf } from '../api/index.ts';

export type Notifier = RowOf<'v1.notifier.list'>;
export type Route = RowOf<'v1.route.list'>;

export const notifierAnswers: readonly OperationId[] = ['v1.notifier.list', 'v1.change.list'];
export const routeAnswers: readonly OperationId[] = ['v1.route.list', 'v1.change.list'];

type Kind = {
  readonly text: string;
  readonly secret: string;
  readonly secretHint: string;
  readonly isSecretNeeded: boolean;
};

/** What people call each kind, and what its secret is. */
export const notifierKinds: Readonly<Record<Notifier['kind'], Kind>> = {
  slack: {
    text: 'Slack or alike',
    secret: 'Incoming webhook URL',
    secretHint: 'Mattermost’s and others of its form work too.',
    isSecretNeeded: true,
  },
  smtp: {
    text: 'Mail',
    secret: 'Password',
    secretHint: 'Where the mail server wants one.',
    isSecretNeeded: false,
  },
  pagerduty: {
    text: 'PagerDuty',
    secret: 'Routing key',
    secretHint: 'Of an integration by Events API v2.',
    isSecretNeeded: true,
  },
  alertmanager: {
    text: 'Alertmanager',
    secret: 'Bearer token',
    secretHint: 'Where it wants one.',
    isSecretNeeded: false,
  },
  webhook: {
    text: 'Signed webhook',
    secret: 'Signing secret',
    secretHint: 'whsec_… : bodies are signed as Standard Webhooks says.',
    isSecretNeeded: true,
  },
};

export const notifierKindNames = [
  'slack',
  'smtp',
  'pagerduty',
  'alertmanager',
  'webhook',
] as const satisfies readonly Notifier['kind'][];

/** Where it goes, as far as that is no secret. */
export function placeOf({ kind, settings }: Notifier): string {
  switch (kind) {
    case 'smtp':
      return `${(settings.to ?? []).join(', ')} by ${settings.host ?? ''}`;
    case 'slack':
      return 'its webhook, which is secret';
    case 'pagerduty':
      return settings.url ?? 'PagerDuty';
    default:
      return settings.url ?? '';
  }
}
