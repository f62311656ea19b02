import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { alertOf } from '../../../src/slo/index.ts';
import { findingOf } from '../../support/alert-scene.ts';
import { MINUTE, openNotifyScene } from '../../support/notify-scene.ts';
import {
  assertAlertmanager,
  assertPagerduty,
  assertSlack,
} from '../../support/published-formats.ts';
import { startReceiver, type Received, type Receiver } from '../../support/service-receiver.ts';
import { somebody } from '../../support/somebody.ts';
import { until } from '../../support/service-until.ts';

const json = ({ body }: Received) => JSON.parse(body.toString());
const titles = ({ received }: Receiver) => received.map((each) => String(json(each).text));

async function startMailServer(context: TestContext) {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      void simpleParser(stream)
        .then((mail) => mails.push(mail))
        .finally(done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  context.after(
    () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  );
  return { mails, port: (server.server.address() as AddressInfo).port };
}

const sentTo = (scene: Awaited<ReturnType<typeof openNotifyScene>>, count: number) =>
  until(() => scene.alerts.figures().sent >= count, `${count} notifications`);

describe('the notifiers', () => {
  it('tell Slack, and its receiver hears of beginning and end', async (t) => {
    const scene = await openNotifyScene(t);
    const slack = await startReceiver(t, (response) => void response.end('ok'));
    await scene.notifier({ name: 'chat', kind: 'slack' }, `${slack.origin}/services/T/B/x`);
    await scene.route({ notifiers: ['chat'] });
    await scene.alerts.raise(findingOf());
    await slack.until(1);
    await scene.alerts.clear('burn:invoices');
    await scene.after(5 * MINUTE);
    await scene.after(5 * MINUTE);
    await slack.until(2);
    for (const each of slack.received) assertSlack(json(each));
    assert.match(titles(slack)[0] ?? '', /^Firing: Invoices are late/);
    assert.match(titles(slack)[1] ?? '', /^Resolved: Invoices are late/);
  });

  it('mail one thread for an alert, whatever its title says', async (t) => {
    const scene = await openNotifyScene(t);
    const { mails, port } = await startMailServer(t);
    const settings = {
      host: '127.0.0.1',
      port,
      tls: 'none',
      from: 'Holdfast <holdfast@example.com>',
      to: ['oncall@example.com'],
    } as const;
    await scene.notifier({ name: 'mail', kind: 'smtp', settings });
    await scene.route({ notifiers: ['mail'] });
    const title = 'Late\r\nBcc: thief@example.com\r\n\r\n<b>bold</b>';
    await scene.alerts.raise(findingOf({ title }));
    await until(() => mails.length === 1, 'a mail');
    await scene.alerts.clear('burn:invoices');
    await scene.after(5 * MINUTE);
    await until(() => mails.length === 2, 'a second mail');
    const [first, second] = mails;
    assert.equal(first?.headers.has('bcc'), false);
    assert.match(first?.subject ?? '', /Late Bcc: thief@example.com/);
    assert.doesNotMatch(String(first?.html), /<b>bold/);
    assert.match(first?.text ?? '', /0\.3 % of the invoices/);
    assert.equal(first?.inReplyTo, second?.inReplyTo);
    assert.notEqual(first?.messageId, second?.messageId);
    assert.equal(first?.headers.get('auto-submitted'), 'auto-generated');
  });

  it('open, acknowledge and resolve one incident in PagerDuty', async (t) => {
    const scene = await openNotifyScene(t);
    const pager = await startReceiver(t, (response) => void response.writeHead(202).end('{}'));
    const settings = { url: `${pager.origin}/v2/enqueue` };
    await scene.notifier({ name: 'pager', kind: 'pagerduty', settings }, 'k'.repeat(32));
    await scene.route({ notifiers: ['pager'] });
    const { id } = await scene.alerts.raise(findingOf());
    await pager.until(1);
    await scene.alerts.acknowledge(id, 'ada');
    await pager.until(2);
    await scene.alerts.resolve(id, 'ada');
    const events = (await pager.until(3)).map(({ body }) => assertPagerduty(body));
    assert.deepEqual(
      events.map((event) => event['event_action']),
      ['trigger', 'acknowledge', 'resolve'],
    );
    assert.equal(new Set(events.map((event) => event['dedup_key'])).size, 1);
  });

  it('post alerts to Alertmanager, again while they fire, and their end', async (t) => {
    const scene = await openNotifyScene(t);
    const manager = await startReceiver(t, (response) => void response.end());
    await scene.after(0);
    await scene.notifier({ name: 'am', kind: 'alertmanager', settings: { url: manager.origin } });
    await scene.route({ notifiers: ['am'] });
    const { id } = await scene.alerts.raise(findingOf());
    await manager.until(1);
    await scene.after(6 * MINUTE);
    const before = (await manager.until(2)).length;
    await scene.alerts.resolve(id, 'ada');
    await manager.until(before + 1);
    for (const each of manager.received) {
      assert.equal(each.path, '/api/v2/alerts');
      assertAlertmanager(json(each));
    }
    const ends = manager.received.map((each) => Date.parse(json(each)[0].endsAt));
    assert.equal(ends.at(-1), scene.now());
    assert.ok((ends[0] ?? 0) > scene.now());
  });
});

describe('alerts that Alertmanager is told again', () => {
  const start = async (t: TestContext, scene: Awaited<ReturnType<typeof openNotifyScene>>) => {
    const manager = await startReceiver(t, (response) => void response.end());
    await scene.notifier({ name: 'am', kind: 'alertmanager', settings: { url: manager.origin } });
    return manager;
  };
  const open = async ({ ledger }: Awaited<ReturnType<typeof openNotifyScene>>) => {
    const rows = await ledger.alerts({ isOpen: true, limit: 10, descending: false });
    return rows.map(({ key }) => key);
  };

  it('wait for the end of quiet hours', async (t) => {
    const scene = await openNotifyScene(t, { at: Date.UTC(2026, 0, 5, 23) });
    const manager = await start(t, scene);
    const desk = await startReceiver(t);
    await scene.notifier({ name: 'desk', kind: 'slack' }, desk.origin);
    const quietHours = { timeZone: 'UTC', days: [], from: '22:00', until: '07:00' };
    await scene.route({ notifiers: ['am'], continue: true, quietHours });
    await scene.route({ notifiers: ['desk'] });
    await scene.alerts.raise(findingOf({ severity: 'ticket' }));
    await desk.until(1);
    for (let times = 1; times <= 3; times += 1) await scene.after(6 * MINUTE);
    await scene.restart();
    assert.equal(manager.received.length, 0);
    await scene.moveTo(Date.UTC(2026, 0, 6, 7));
    await manager.until(1);
  });

  it('are tried again before it is a failure, which ends with the next that succeeds', async (t) => {
    const scene = await openNotifyScene(t);
    await scene.after(0);
    const manager = await start(t, scene);
    await scene.route({ notifiers: ['am'] });
    await scene.alerts.raise(findingOf());
    await sentTo(scene, 1);
    const tellAgain = async (): Promise<void> => {
      const before = manager.received.length;
      await scene.after(6 * MINUTE);
      await until(async () => {
        // The one before it may not have ended.
        await scene.alerts.tick();
        return manager.received.length > before;
      }, 'another try');
    };
    const refuse = (code: number) => {
      manager.answer = (response) => void response.writeHead(code).end('no');
    };
    refuse(503);
    for (let tries = 1; tries <= 3; tries += 1) await tellAgain();
    await until(async () => (await open(scene)).includes('notifier:am'), 'the alert');
    const rows = await scene.ledger.alerts({ limit: 10, descending: true });
    const failure = alertOf(rows.find(({ key }) => key === 'notifier:am') ?? assert.fail());
    assert.equal(failure.firedAt, scene.now(), 'only the third try is a failure');
    manager.answer = (response) => void response.end();
    await tellAgain();
    await until(async () => {
      await scene.after(6 * MINUTE);
      return !(await open(scene)).includes('notifier:am');
    }, 'its end');
  });
});

describe('a notifier that fails', () => {
  it('works again where a test of it succeeds', async (t) => {
    const scene = await openNotifyScene(t);
    const broken = await startReceiver(t, (response) => void response.writeHead(404).end('gone'));
    const notifier = await scene.notifier({ name: 'broken', kind: 'slack' }, broken.origin);
    await scene.route({ notifiers: ['broken'] });
    const { id } = await scene.alerts.raise(findingOf());
    const isOpen = async () => {
      const rows = await scene.ledger.alerts({ isOpen: true, limit: 10, descending: false });
      return rows.some(({ key }) => key === 'notifier:broken');
    };
    await until(isOpen, 'the alert');
    await scene.alerts.acknowledge(id, 'ada');
    assert.equal((await scene.alerts.test(notifier, 'ada')).isSent, false);
    await scene.after(6 * MINUTE);
    assert.ok(await isOpen());
    broken.answer = (response) => void response.end('ok');
    assert.equal((await scene.alerts.test(notifier, 'ada')).isSent, true);
    await scene.after(0);
    await scene.after(6 * MINUTE);
    assert.equal(await isOpen(), false);
  });

  for (const isKnown of [false, true]) {
    const what = isKnown ? 'ends the alert that it fails' : 'is no alert that it fails';
    it(`and is deleted ${what}`, async (t) => {
      const scene = await openNotifyScene(t);
      const code = isKnown ? 404 : 503;
      const broken = await startReceiver(t, (response) => void response.writeHead(code).end('no'));
      const { id } = await scene.notifier({ name: 'broken', kind: 'slack' }, broken.origin);
      await scene.route({ notifiers: ['broken'] });
      const alert = await scene.alerts.raise(findingOf());
      await until(() => scene.alerts.figures().failedTries === 1, 'a failed try');
      const keys = async (isOpen: boolean) => {
        const rows = await scene.ledger.alerts({ isOpen, limit: 10, descending: false });
        return rows.map(({ key }) => key);
      };
      if (isKnown) await until(async () => (await keys(true)).length === 2, 'the alert');
      await scene.configuration.notifiers.remove(id, somebody);
      await scene.after(MINUTE);
      await until(async () => {
        const rows = await scene.ledger.notificationsOf({ alertId: alert.id, limit: 10 });
        return rows.every(({ state }) => state === 'failed');
      }, 'the end of what waited');
      await scene.after(5 * MINUTE);
      await scene.after(5 * MINUTE);
      assert.deepEqual(await keys(true), ['burn:invoices']);
      assert.deepEqual(await keys(false), isKnown ? ['notifier:broken'] : []);
    });
  }

  it('is tried again, and heard of by the one that stands in for it', async (t) => {
    const scene = await openNotifyScene(t);
    const broken = await startReceiver(t, (response) => void response.writeHead(503).end('no'));
    const chat = await startReceiver(t);
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.notifier({ name: 'broken', kind: 'slack', fallback: ['chat'] }, broken.origin);
    await scene.route({ notifiers: ['broken'] });
    await scene.alerts.raise(findingOf());
    for (let tries = 1; tries <= 3; tries += 1) {
      await broken.until(tries);
      await until(() => scene.alerts.figures().failedTries >= tries, 'a failed try');
      await scene.after(MINUTE);
    }
    await chat.until(2);
    assert.ok(titles(chat).some((text) => text.includes('Invoices are late')));
    assert.ok(titles(chat).some((text) => text.includes('The notifier "broken" fails')));
    await until(() => scene.alerts.figures().failedTries === 4, 'the fourth try');
    broken.answer = (response) => void response.end('ok');
    await scene.after(10 * MINUTE);
    await broken.until(5);
    assert.match(titles(broken).at(-1) ?? '', /Invoices are late/);
  });

  it('tells the beginning before the end, however late it is put right', async (t) => {
    const scene = await openNotifyScene(t);
    const pager = await startReceiver(t, (response) => void response.writeHead(503).end('no'));
    const settings = { url: `${pager.origin}/v2/enqueue` };
    await scene.notifier({ name: 'pager', kind: 'pagerduty', settings }, 'k'.repeat(32));
    await scene.route({ notifiers: ['pager'] });
    const { id } = await scene.alerts.raise(findingOf());
    for (let tries = 1; tries <= 2; tries += 1) {
      await until(() => scene.alerts.figures().failedTries === tries, 'a failed try');
      if (tries === 1) await scene.after(MINUTE);
    }
    pager.answer = (response) => void response.writeHead(202).end('{}');
    await scene.alerts.resolve(id, 'ada');
    await scene.after(1000);
    await scene.after(MINUTE);
    await sentTo(scene, 2);
    assert.deepEqual(
      pager.received.slice(2).map(({ body }) => assertPagerduty(body)['event_action']),
      ['trigger', 'resolve'],
    );
  });

  for (const isEarly of [true, false]) {
    const when = isEarly ? 'before' : 'after';
    it(`has one stand in for it that hears of the end ${when} it stands in, once`, async (t) => {
      const scene = await openNotifyScene(t);
      const broken = await startReceiver(t, (response) => void response.writeHead(503).end('no'));
      const chat = await startReceiver(t);
      await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
      await scene.notifier({ name: 'broken', kind: 'slack', fallback: ['chat'] }, broken.origin);
      await scene.route({ notifiers: ['broken'] });
      const { id } = await scene.alerts.raise(findingOf());
      const failed = (tries: number) =>
        until(() => scene.alerts.figures().failedTries >= tries, `${tries} failed tries`);
      await failed(1);
      if (isEarly) await scene.alerts.resolve(id, 'ada');
      for (let tries = 2; tries <= 3; tries += 1) {
        await scene.after(MINUTE);
        await failed(tries);
      }
      if (isEarly) await scene.after(5 * MINUTE);
      // What a stop cuts off is told twice.
      await until(async () => {
        await scene.alerts.tick();
        const rows = await scene.ledger.notificationsOf({ alertId: id, limit: 10 });
        const states = rows.filter(({ notifier }) => notifier === 'chat').map(({ state }) => state);
        return states.length > 0 && states.every((state) => state === 'sent');
      }, 'chat to have told it');
      await scene.restart();
      if (!isEarly) await scene.alerts.resolve(id, 'ada');
      broken.answer = (response) => void response.end('ok');
      await scene.after(60 * MINUTE);
      await until(async () => {
        const [head] = await scene.ledger.notificationHeads({});
        await scene.after(1000);
        return head === undefined;
      }, 'all to be told');
      const told = ({ received }: Receiver) =>
        received
          .flatMap(({ body }) => [...body.toString().matchAll(/\|(\w+): Invoices are late/g)])
          .map(([, word]) => word);
      assert.deepEqual(told(chat), ['Firing', 'Resolved']);
    });
  }

  it('and has nobody to stand in for it is counted and logged', async (t) => {
    const errors: string[] = [];
    const quiet = (): void => {};
    const error = (_fields: object, sentence: string): void => void errors.push(sentence);
    const log = { debug: quiet, info: quiet, warn: error, error };
    const scene = await openNotifyScene(t, { log });
    const broken = await startReceiver(t, (response) => void response.writeHead(404).end('gone'));
    await scene.notifier({ name: 'broken', kind: 'slack' }, broken.origin);
    await scene.route({ notifiers: ['broken'] });
    await scene.alerts.raise(findingOf());
    await until(() => errors.length >= 2, 'the log');
    assert.ok(scene.alerts.figures().untold >= 1);
    const open = await scene.ledger.alerts({ isOpen: true, limit: 10, descending: false });
    assert.deepEqual(
      open.map(({ key }) => key),
      ['burn:invoices', 'notifier:broken'],
    );
  });

  it('by hanging holds up no other, and its try ends in time', async (t) => {
    const scene = await openNotifyScene(t, { sendTimeoutMs: 200 });
    const hanging = await startReceiver(t, () => {});
    const chat = await startReceiver(t);
    await scene.notifier({ name: 'hanging', kind: 'slack' }, hanging.origin);
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.route({ notifiers: ['hanging', 'chat'] });
    const { id } = await scene.alerts.raise(findingOf());
    await chat.until(1);
    await until(() => scene.alerts.figures().failedTries === 1, 'the end of the try');
    const rows = await scene.ledger.notificationsOf({ alertId: id, limit: 10 });
    const said = rows.find(({ notifier }) => notifier === 'hanging')?.said;
    assert.equal(said, 'No answer came in time.');
  });
});

describe('alerts', () => {
  it('that fire before there is a notifier are told once there is one, and a route', async (t) => {
    const scene = await openNotifyScene(t);
    const chat = await startReceiver(t);
    const { id } = await scene.alerts.raise(findingOf());
    for (let times = 1; times <= 5; times += 1) await scene.after(1000);
    assert.equal(scene.alerts.figures().untold, 1);
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.route({ notifiers: ['chat'] });
    await scene.restart();
    await scene.after(MINUTE);
    await chat.until(1);
    await scene.alerts.resolve(id, 'ada');
    await scene.after(5 * MINUTE);
    await chat.until(2);
    assert.match(titles(chat)[0] ?? '', /^Firing: Invoices are late/);
    assert.match(titles(chat)[1] ?? '', /^Resolved: Invoices are late/);
  });

  it('that were pending when it stopped are sent by the next life, and stay acknowledged', async (t) => {
    const scene = await openNotifyScene(t);
    const chat = await startReceiver(t, () => {});
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.route({ notifiers: ['chat'] });
    const { id } = await scene.alerts.raise(findingOf());
    await chat.until(1);
    await scene.alerts.acknowledge(id, 'ada');
    await scene.restart();
    chat.answer = (response) => void response.end('ok');
    await scene.after(1000);
    await chat.until(2);
    await sentTo(scene, 1);
    assert.equal((await scene.alerts.byId(id))?.acknowledgedBy, 'ada');
    const again = await scene.alerts.raise(findingOf());
    assert.deepEqual([again.id, again.state], [id, 'acknowledged']);
  });

  it('of one group within the window go together after the first', async (t) => {
    const scene = await openNotifyScene(t);
    const chat = await startReceiver(t);
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.route({ notifiers: ['chat'] });
    for (const key of ['a', 'b', 'c']) await scene.alerts.raise(findingOf({ key }));
    await scene.alerts.raise(findingOf({ key: 'd', group: 'other' }));
    await chat.until(2);
    await scene.after(5 * MINUTE);
    await chat.until(3);
    assert.match(titles(chat)[2] ?? '', /and 1 more$/);
    await sentTo(scene, 3);
    assert.equal(chat.received.length, 3);
  });

  it('escalate to the next where nobody acknowledges, on time', async (t) => {
    const scene = await openNotifyScene(t);
    const chat = await startReceiver(t);
    const boss = await startReceiver(t);
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.notifier({ name: 'boss', kind: 'slack' }, boss.origin);
    const escalation = [{ afterMinutes: 15, notifiers: ['boss'] }];
    await scene.route({ notifiers: ['chat'], escalation });
    await scene.alerts.raise(findingOf());
    const other = await scene.alerts.raise(findingOf({ key: 'b' }));
    await scene.alerts.acknowledge(other.id, 'ada');
    await scene.after(14 * MINUTE);
    await scene.after(MINUTE);
    await boss.until(1);
    assert.match(titles(boss)[0] ?? '', /^Not acknowledged: Invoices are late \(page\)$/);
    await scene.after(60 * MINUTE);
    assert.equal(boss.received.length, 1);
  });

  it('take the first route that matches, and tickets wait for the end of quiet hours', async (t) => {
    // A Sunday, 01:30 in Berlin, an hour before the clocks go forward.
    const scene = await openNotifyScene(t, { at: Date.UTC(2026, 2, 29, 0, 30) });
    const [pager, desk] = [await startReceiver(t), await startReceiver(t)];
    await scene.notifier({ name: 'pager', kind: 'slack' }, pager.origin);
    await scene.notifier({ name: 'desk', kind: 'slack' }, desk.origin);
    const hours = { timeZone: 'Europe/Berlin', days: [], from: '22:00', until: '07:00' };
    const match = { owners: [], severities: ['page'], kinds: [], hours: null };
    await scene.route({ notifiers: ['pager'], match });
    await scene.route({ notifiers: ['desk'], quietHours: hours });
    await scene.alerts.raise(findingOf());
    await scene.alerts.raise(findingOf({ key: 'b', severity: 'ticket' }));
    await pager.until(1);
    await scene.moveTo(Date.UTC(2026, 2, 29, 4, 59, 59));
    await sentTo(scene, 1);
    assert.equal(desk.received.length, 0);
    await scene.moveTo(Date.UTC(2026, 2, 29, 5));
    await desk.until(1);
  });

  it('that get worse within quiet hours are told at once, from their beginning', async (t) => {
    const scene = await openNotifyScene(t, { at: Date.UTC(2026, 0, 5, 23) });
    const pager = await startReceiver(t, (response) => void response.writeHead(202).end('{}'));
    const settings = { url: `${pager.origin}/v2/enqueue` };
    await scene.notifier({ name: 'pager', kind: 'pagerduty', settings }, 'k'.repeat(32));
    const quietHours = { timeZone: 'UTC', days: [], from: '22:00', until: '07:00' };
    await scene.route({ notifiers: ['pager'], quietHours });
    await scene.alerts.raise(findingOf({ severity: 'ticket' }));
    await scene.after(MINUTE);
    assert.equal(pager.received.length, 0);
    await scene.alerts.raise(findingOf());
    await pager.until(2);
    assert.deepEqual(
      pager.received.map((each) => json(each).payload.severity),
      ['warning', 'critical'],
    );
  });

  it('in maintenance are recorded, and told at its end', async (t) => {
    const scene = await openNotifyScene(t);
    const chat = await startReceiver(t);
    await scene.notifier({ name: 'chat', kind: 'slack' }, chat.origin);
    await scene.route({ notifiers: ['chat'] });
    const [fromAt, untilAt] = [scene.now(), scene.now() + 60 * MINUTE];
    const window = { fromAt, untilAt, reason: 'move', owners: ['billing'], kinds: [] };
    await scene.configuration.maintenances.create({ ...window, keyPrefix: '' }, somebody);
    await scene.alerts.raise(findingOf());
    await scene.alerts.raise(findingOf({ key: 'b', owner: 'sales' }));
    await chat.until(1);
    assert.equal(scene.alerts.figures().firing, 2);
    await scene.after(60 * MINUTE);
    await chat.until(2);
    const alert = json((await chat.until(2))[1] ?? assert.fail());
    assert.match(JSON.stringify(alert), /billing/);
  });
});
