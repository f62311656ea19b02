import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { generateSecret, parseSecret, verify } from '../../../src/signature/index.ts';
import { systemRandom } from '../../../src/core/index.ts';
import { incidentCauses } from '../../../src/slo/alerts/incident-alert.ts';
import { moveAlert, notifyCauses } from '../../../src/slo/alerts/state.ts';
import { alertmanagerBody } from '../../../src/slo/notify/alertmanager.ts';
import { emailOf } from '../../../src/slo/notify/email.ts';
import type { Entry, Notification } from '../../../src/slo/notify/notification.ts';
import { pagerdutyBody } from '../../../src/slo/notify/pagerduty.ts';
import { slackBody } from '../../../src/slo/notify/slack.ts';
import { webhookRequest } from '../../../src/slo/notify/webhook.ts';
import { findingOf, plainRules } from '../../support/alert-scene.ts';
import {
  assertAlertmanager,
  assertPagerduty,
  assertSlack,
} from '../../support/published-formats.ts';

const NOW = Date.UTC(2026, 0, 5, 12);

function entryOf(more: Parameters<typeof findingOf>[0], cause: Entry['cause']): Entry {
  const finding = findingOf(more);
  const alert = moveAlert(null, { kind: 'raise', id: 1, finding }, NOW, plainRules)?.alert;
  assert.ok(alert);
  const alertId = 'alert_123456789abcdef';
  return { cause, alert, alertId, url: `https://holdfast.example/api/v1/alert/${alertId}` };
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('<!channel>', '&amp;<a|b>', 'a\r\nBcc: x@y.z', '*', ' ', '💥'.repeat(3000)),
  fc.string({ unit: fc.constantFrom('<', '&', '>', 'é', '💥', '\n'), maxLength: 6000 }),
);
const entries = fc
  .record({
    title: hostile,
    text: hostile,
    owner: hostile,
    consumers: fc.array(hostile, { maxLength: 3 }),
    key: hostile,
    kind: hostile,
    group: hostile,
    facts: fc.dictionary(hostile, hostile, { maxKeys: 3 }),
  })
  .chain((more) =>
    fc
      .constantFrom(...notifyCauses, ...incidentCauses)
      .map((cause) =>
        entryOf(
          incidentCauses.some((each) => each === cause) ? { ...more, kind: 'incident' } : more,
          cause,
        ),
      ),
  );
const notifications = fc
  .array(entries, { minLength: 1, maxLength: 30 })
  .chain((given) =>
    fc.boolean().map((isTest): Notification => ({ id: 'note_1', at: NOW, isTest, entries: given })),
  );

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
const options = { seed, numRuns: 100 };

describe('whatever an alert says', () => {
  it('Slack is sent blocks within their bounds, in which nothing is a mention', () => {
    fc.assert(
      fc.property(notifications, (given) => assertSlack(slackBody(given))),
      options,
    );
  });

  it('PagerDuty is sent events of the Events API v2', () => {
    fc.assert(
      fc.property(entries, fc.boolean(), (entry, isTest) => {
        assertPagerduty(Buffer.from(pagerdutyBody(entry, 'k'.repeat(32), isTest)));
      }),
      options,
    );
  });

  it('Alertmanager is sent postable alerts', () => {
    fc.assert(
      fc.property(notifications, ({ entries: given, isTest }) => {
        const json = JSON.stringify(alertmanagerBody(given, NOW, isTest));
        assertAlertmanager(JSON.parse(json));
      }),
      options,
    );
  });

  it('a mail has a subject of one line, and no markup but ours', () => {
    fc.assert(
      fc.property(notifications, (given) => {
        const from = 'Holdfast <holdfast@example.com>';
        const { subject, html } = emailOf(given, { from, to: ['a@example.com'] });
        assert.doesNotMatch(subject, /[\r\n]/);
        assert.ok(subject.length <= 200);
        const tags = [...html.matchAll(/<([^>]*)>/g)].map(([, tag = '']) => tag);
        const ours =
          /^(?:!doctype html|\/?(?:html|body|h2|p|table|tr|td)|br|hr|\/a|a href="[^"]*")$/;
        for (const tag of tags) assert.match(tag, ours);
      }),
      options,
    );
  });
});

it('an event of more than 512 kB leaves its facts out', () => {
  const facts = { many: 'é'.repeat(400_000) };
  const body = pagerdutyBody(entryOf({ facts }, 'fired'), 'k'.repeat(32), false);
  assertPagerduty(Buffer.from(body));
  assert.doesNotMatch(body, /éé/);
});

it('the end of an incident names the one that was begun', () => {
  const keyOf = (cause: Entry['cause']): unknown =>
    JSON.parse(pagerdutyBody(entryOf({}, cause), 'k'.repeat(32), false)).dedup_key;
  assert.equal(keyOf('fired'), keyOf('resolved'));
  assert.equal(keyOf('fired'), keyOf('acknowledged'));
});

it('a webhook is verified as a delivery is', () => {
  const secret = generateSecret(systemRandom).text;
  const notification = { id: 'note_1', at: NOW, isTest: false, entries: [entryOf({}, 'fired')] };
  const { body, headers } = webhookRequest(notification, secret, NOW);
  const verified = verify({
    secrets: [parseSecret(secret)],
    id: headers['webhook-id'] ?? '',
    timestamp: headers['webhook-timestamp'] ?? '',
    signatureHeader: headers['webhook-signature'] ?? '',
    payload: body,
    nowSeconds: NOW / 1000,
  });
  assert.deepEqual(verified, { isValid: true });
});
