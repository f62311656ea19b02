import { assertNever } from '../../core/index.ts';
import { alertmanagerBody } from './alertmanager.ts';
import { emailOf } from './email.ts';
import { createHttpSender } from './http-sender.ts';
import type { Notification, SendResult } from './notification.ts';
import type { OpenNotifier } from './notifier.ts';
import { PAGERDUTY_URL, pagerdutyBody } from './pagerduty.ts';
import { slackBody } from './slack.ts';
import { sendEmail } from './smtp-sender.ts';
import { webhookRequest } from './webhook.ts';

/** One try of one notification. */
export type Sender = {
  send(
    notifier: OpenNotifier,
    notification: Notification,
    now: number,
    signal: AbortSignal,
  ): Promise<SendResult>;
  close(): Promise<void>;
};

export function createSender(): Sender {
  const http = createHttpSender();
  return {
    close: () => http.close(),
    async send({ kind, settings, secret }, notification, now, signal) {
      const { entries, isTest } = notification;
      switch (kind) {
        case 'slack':
          return http.post(secret ?? '', JSON.stringify(slackBody(notification)), {}, signal);
        case 'smtp': {
          const { from = '', to = [] } = settings;
          return sendEmail(emailOf(notification, { from, to }), settings, secret, signal);
        }
        case 'pagerduty': {
          let result: SendResult = { isSent: true, said: '' };
          for (const entry of entries) {
            const body = pagerdutyBody(entry, secret ?? '', isTest);
            // One after another: what comes later of one incident must not overtake.
            result = await http.post(settings.url ?? PAGERDUTY_URL, body, {}, signal);
            if (!result.isSent) break;
          }
          return result;
        }
        case 'alertmanager': {
          const url = `${(settings.url ?? '').replace(/\/+$/, '')}/api/v2/alerts`;
          const headers = secret === null ? {} : { authorization: `Bearer ${secret}` };
          const body = JSON.stringify(alertmanagerBody(entries, now, isTest));
          return http.post(url, body, headers, signal);
        }
        case 'webhook': {
          const { body, headers } = webhookRequest(notification, secret ?? '', now);
          return http.post(settings.url ?? '', body, headers, signal);
        }
        default:
          return assertNever(kind);
      }
    },
  };
}
