import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createIdText } from '../../src/core/index.ts';
import { draftUpdate, nextUpdateAt } from '../../src/incident/index.ts';
import type { IncidentNotice } from '../../src/slo/index.ts';
import { findingOf } from '../support/alert-scene.ts';
import { openIncidentScene, type IncidentScene } from '../support/incident-scene.ts';
import { appliedMitigation, hypothesisOf, incidentAt, markerAt } from '../support/incidents.ts';
import { MINUTE, openNotifyScene } from '../support/notify-scene.ts';
import { assertPagerduty, assertSlack } from '../support/published-formats.ts';
import { startReceiver, type Received } from '../support/service-receiver.ts';
import { somebody } from '../support/somebody.ts';
import { until } from '../support/service-until.ts';

const json = ({ body }: Received) => JSON.parse(body.toString());

function noticeOf(more: Partial<IncidentNotice> = {}): IncidentNotice {
  return {
    id: 4242,
    cause: 'opened',
    title: 'Deliveries fail',
    text: 'Since 12:00.',
    severity: 'page',
    incidentSeverity: 2,
    owner: 'platform',
    consumers: [],
    openedAt: Date.UTC(2026, 0, 5, 12),
    hasAlerts: true,
    ...more,
  };
}

describe('responders are told by the routes of alerts', () => {
  test('opened, updated and over: each at once, in order, as one thread', async (t) => {
    const scene = await openNotifyScene(t);
    const slack = await startReceiver(t, (response) => void response.end('ok'));
    await scene.notifier({ name: 'chat', kind: 'slack' }, `${slack.origin}/services/T/B/x`);
    const match = { owners: [], severities: [], kinds: ['incident'], hours: null };
    await scene.route({ notifiers: ['chat'], match });
    for (const cause of ['opened', 'update', 'mitigated', 'closed'] as const) {
      assert.deepEqual(await scene.alerts.tellIncident(noticeOf({ cause })), ['chat']);
      await until(() => scene.alerts.figures().sent > 0 && slack.received.length > 0, cause);
    }
    await slack.until(4);
    for (const each of slack.received) assertSlack(json(each));
    const texts = slack.received.map((each) => String(json(each).text));
    assert.deepEqual(
      texts.map((text) => text.slice(0, text.indexOf(':'))),
      ['Incident', 'Incident, update', 'Incident, its impact is over', 'Incident, ended'],
    );
    const rows = await scene.ledger.notificationsOf({ alertId: 4242, limit: 10 });
    const publicId = createIdText(scene.ledger.mark).format('incident', 4242);
    assert.deepEqual(
      new Set(rows.map(({ groupKey }) => groupKey)),
      new Set([`incident ${publicId}`]),
    );
  });

  test('PagerDuty hears of what no alert paged: what opens there closes, and an update opens nothing', async (t) => {
    const scene = await openNotifyScene(t);
    const pager = await startReceiver(t, (response) => void response.end('{}'));
    const settings = { url: `${pager.origin}/v2/enqueue` };
    await scene.notifier({ name: 'pager', kind: 'pagerduty', settings }, 'R'.repeat(32));
    const route = await scene.route({ notifiers: ['pager'] });
    const byHand = { hasAlerts: false };
    assert.deepEqual(await scene.alerts.tellIncident(noticeOf()), [], 'its alert paged');
    await scene.alerts.tellIncident(noticeOf({ id: 43, ...byHand }));
    await scene.alerts.tellIncident(noticeOf({ id: 43, cause: 'update', ...byHand }));
    // The end is heard by whoever heard of the beginning, whatever the routes say by then.
    await scene.configuration.routes.remove(route.id, somebody);
    await scene.alerts.tellIncident(noticeOf({ id: 43, cause: 'mitigated', ...byHand }));
    await scene.alerts.tellIncident(noticeOf({ id: 43, cause: 'update', ...byHand }));
    await scene.alerts.tellIncident(noticeOf({ id: 43, cause: 'closed', ...byHand }));
    await pager.until(3);
    for (const each of pager.received) assertPagerduty(each.body);
    assert.deepEqual(
      pager.received.map((each) => json(each).event_action),
      ['trigger', 'resolve', 'resolve'],
    );
    assert.equal(new Set(pager.received.map((each) => json(each).dedup_key)).size, 1);
  });

  test('where a notifier fails, the one that stands in tells it, and its failure is an alert', async (t) => {
    const scene = await openNotifyScene(t);
    const broken = await startReceiver(t, (response) => {
      response.statusCode = 404;
      response.end('no_service');
    });
    const works = await startReceiver(t, (response) => void response.end('ok'));
    await scene.notifier({ name: 'second', kind: 'slack' }, `${works.origin}/services/T/B/x`);
    const first = { name: 'first', kind: 'slack', fallback: ['second'] } as const;
    await scene.notifier(first, `${broken.origin}/services/T/B/x`);
    await scene.route({ notifiers: ['first'] });
    await scene.alerts.tellIncident(noticeOf());
    await broken.until(1);
    await until(async () => {
      await scene.after(MINUTE);
      return works.received.some((each) => String(json(each).text).startsWith('Incident: '));
    }, 'the one that stands in');
    assert.ok(scene.alerts.current().some(({ key }) => key === 'notifier:first'));
  });
});

describe('owners are told by operational webhooks', () => {
  const types = async ({ ledger }: IncidentScene, appId: number): Promise<readonly string[]> =>
    (await ledger.messages({ appId, limit: 100, descending: false })).map(
      ({ eventType }) => eventType,
    );

  test('of the beginning, updates with a text for them, the end; each about an application that is hit', async (t) => {
    const scene = await openIncidentScene(t);
    const operator = await scene.configuration.applications.create(
      { ...scene.application, uid: 'nobody', name: 'operator' },
      somebody,
    );
    const [known] = scene.endpoints;
    assert.ok(known);
    const draft = { ...known, appId: operator.id, url: 'https://operator.example/' };
    const endpoint = await scene.configuration.endpoints.create(draft, somebody);
    await scene.spend(10 * MINUTE, () => scene.sendAll({ good: 2 }));
    await scene.spend(2 * MINUTE, () => scene.sendAll({ bad: 2 }));
    const { id } = scene.only();
    const update = { kind: 'update', responders: 'We look.', nextDueAt: null } as const;
    await scene.incidents().move(id, { ...update, owners: 'We work on it.' }, 'ann');
    await scene.incidents().move(id, { ...update, owners: '' }, 'ann');
    await scene.spend(8 * MINUTE, () => scene.sendAll({ good: 2 }));
    await scene.incidents().move(id, { kind: 'decline', reason: 'a test' }, 'ann');
    const incidentTypes = (await types(scene, operator.id)).filter((type) =>
      type.startsWith('incident.'),
    );
    assert.deepEqual(incidentTypes, [
      'incident.opened',
      'incident.updated',
      'incident.mitigated',
      'incident.closed',
    ]);
    assert.ok(scene.woken.includes(endpoint.id), 'what is due is sent at once');
    assert.deepEqual(scene.errors, []);
  });

  test('of the beginning once more, where an application is hit later than others: its owner alone', async (t) => {
    const scene = await openIncidentScene(t, { endpoints: 1 });
    const { applications, endpoints } = scene.configuration;
    const create = (uid: string) =>
      applications.create({ ...scene.application, uid, name: uid }, somebody);
    const [operator, other] = [await create('nobody'), await create('other')];
    const [known] = scene.endpoints;
    assert.ok(known);
    const url = 'https://operator.example/';
    await endpoints.create({ ...known, appId: operator.id, url }, somebody);
    const later = await endpoints.create({ ...known, appId: other.id, url }, somebody);
    for (const { id, appId } of [known, later]) {
      const key = `fast_burn endpoint ${scene.idText.format('endpoint', id)}`;
      await scene.alerts().raise(findingOf({ key }));
      await scene.look();
      assert.ok(scene.only().slice.appIds.includes(appId));
    }
    const told = async () =>
      (await types(scene, operator.id)).filter((type) => type.startsWith('incident.'));
    assert.deepEqual(await told(), ['incident.opened']);
    const { id, slice } = scene.only();
    const over = { kind: 'mark', marker: 'mitigated', at: scene.clock.now() } as const;
    const how = { source: 'person', note: 'It is over.', evidence: [] } as const;
    await scene.incidents().move(id, { ...over, ...how }, 'ann');
    const before = await told();
    const third = await create('third');
    const fields = { slice: { ...slice, appIds: [...slice.appIds, third.id] } };
    await scene.incidents().move(id, { kind: 'describe', fields }, 'ann');
    assert.deepEqual(await told(), before, 'what is described afterwards begins for nobody');
  });

  test('of one that hits nobody, and of one taken in after the fact, nobody is told', async (t) => {
    const scene = await openIncidentScene(t);
    const operator = await scene.configuration.applications.create(
      { ...scene.application, uid: 'nobody', name: 'operator' },
      somebody,
    );
    await scene.alerts().raise(findingOf());
    await scene.look();
    assert.equal(scene.incidents().current().length, 1);
    assert.deepEqual(await types(scene, operator.id), []);
  });
});

describe('what is written for people', () => {
  const NOW = Date.UTC(2026, 0, 5, 12, 30);

  test('says to responders what is known, and to owners nothing of causes, names and others', () => {
    const at = NOW - 30 * MINUTE;
    const incident = incidentAt(at, {
      roles: { lead: 'ann' },
      mitigations: [appliedMitigation({ title: 'The endpoint is paused', at })],
      updateDueAt: NOW + MINUTE,
    });
    const { responders, owners } = draftUpdate(incident, NOW);
    assert.match(responders, /Severity 2, open\. Impact since 2026-01-05T12:00Z/);
    assert.match(responders, /The endpoint is paused/);
    assert.match(responders, /Lead: ann/);
    assert.match(owners, /None is lost/);
    assert.doesNotMatch(owners, /ann|paused/);
    const [episode] = incident.episodes;
    assert.ok(episode);
    const markers = { ...episode.markers, mitigated: markerAt(at + 5 * MINUTE) };
    const over = { ...incident, episodes: [{ ...episode, markers }] };
    const none = { failed: 0, late: 0, dead: 0, lost: 0, deliveries: 9, messages: 0 };
    const unfelt = {
      at: NOW,
      fromAt: at,
      ...none,
      endpoints: 0,
      applications: 0,
      people: null,
      money: [],
    };
    assert.match(draftUpdate({ ...incident, impact: unfelt }, NOW).owners, /None has failed/);
    const single = { ...unfelt, failed: 1, deliveries: 1, messages: 1, people: 1 };
    const one = { ...single, endpoints: 1, applications: 1 };
    assert.match(
      draftUpdate({ ...incident, impact: one }, NOW).responders,
      /1 failed first attempt, .* of 1 delivery \(1 message\); at 1 endpoint of 1 application; 1 person behind/,
    );
    assert.match(
      draftUpdate({ ...incident, impact: unfelt }, NOW).responders,
      /of 9 deliveries \(0 messages\); at 0 endpoints of 0 applications/,
    );
    const many = Array.from({ length: 100 }, (_, nth) =>
      hypothesisOf({ id: nth, cause: 'x'.repeat(9000) }),
    );
    assert.equal(draftUpdate({ ...incident, hypotheses: many }, NOW).responders.length, 10_000);
    assert.match(draftUpdate(over, NOW).owners, /From 2026-01-05T12:00Z to 2026-01-05T12:05Z/);
  });

  test('word is due by severity, as it was asked for, and no more once the impact is over', () => {
    const every = 30 * MINUTE;
    const of = (severity: 1 | 2 | 3 | 4) =>
      nextUpdateAt(incidentAt(NOW, { severity }), undefined, NOW, every);
    assert.deepEqual(([1, 2, 3, 4] as const).map(of), [
      NOW + every,
      NOW + every,
      NOW + 4 * every,
      null,
    ]);
    assert.equal(nextUpdateAt(incidentAt(NOW), 5, NOW, every), NOW + 5 * MINUTE);
    assert.equal(nextUpdateAt(incidentAt(NOW), 0, NOW, every), null);
    const ended = incidentAt(NOW, { state: 'closed' });
    assert.equal(nextUpdateAt(ended, undefined, NOW, every), null);
  });
});
