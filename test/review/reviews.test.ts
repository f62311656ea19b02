import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { Incident } from '../../src/incident/index.ts';
import { MINUTE_MS } from '../support/ledger-scene.ts';
import { anItem, openReviewScene, type ReviewScene } from '../support/review-scene.ts';

const DAY_MS = 86_400_000;

/** An outage of four endpoints that was found, and is over. */
async function mitigated(
  t: TestContext,
  given: Parameters<typeof openReviewScene>[1] = {},
): Promise<{ readonly scene: ReviewScene; readonly incident: Incident }> {
  const scene = await openReviewScene(t, given);
  await scene.spend(10 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
  await scene.spend(3 * MINUTE_MS, () => scene.sendAll({ bad: 2 }));
  await scene.spend(8 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
  const incident = scene.only();
  assert.equal(incident.state, 'mitigated');
  return { scene, incident };
}

async function fixed({ scene, incident }: { scene: ReviewScene; incident: Incident }) {
  const mark = {
    kind: 'mark',
    marker: 'fixed',
    at: scene.now(),
    source: 'person',
    note: 'seen',
    evidence: [],
  } as const;
  await scene.incidents().move(incident.id, mark, 'ada');
  await scene.incidents().move(incident.id, { kind: 'review' }, 'ada');
}

const rejected = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (thrown) {
    assert.ok(thrown instanceof Error);
    return thrown.message;
  }
  throw new Error('it was taken');
};

describe('a postmortem', () => {
  test('is drafted once the impact is over, and its numbers follow the record', async (t) => {
    const { scene, incident } = await mitigated(t);
    assert.equal(await scene.reviews().read(incident.id), null);
    await scene.lookAtReviews();
    const read = await scene.reviews().read(incident.id);
    assert.equal(read?.postmortem.state, 'draft');
    assert.match(read.text, /144 of 144 deliveries failed at their first attempt/);
    assert.equal(scene.only().impact?.failed, 144);
    assert.doesNotMatch(read.text, /\{\{|not known yet/);
    assert.deepEqual(read.lint.findings, []);
    // The record moves on; nobody wrote the text anew.
    const { impact } = scene.only();
    assert.ok(impact !== null);
    const refresh = { kind: 'refresh', impact: { ...impact, failed: 145 }, severity: 3 } as const;
    await scene.incidents().move(incident.id, refresh, 'holdfast');
    const again = await scene.reviews().read(incident.id);
    assert.match(again?.text ?? '', /145 of 144 deliveries failed at their first attempt/);
    assert.equal(again?.version.nth, 1);
    assert.deepEqual(scene.errors, []);
  });

  test('is drafted by the next life where one ended before', async (t) => {
    const { scene, incident } = await mitigated(t);
    await scene.restart();
    await scene.lookAtReviews();
    assert.equal((await scene.reviews().read(incident.id))?.version.nth, 1);
    await scene.lookAtReviews();
    assert.equal((await scene.reviews().read(incident.id))?.version.nth, 1);
  });

  test('is drafted anew with every section where the incident turns out to be severe, unless somebody wrote', async (t) => {
    const { scene, incident } = await mitigated(t);
    const setSeverity = (severity: 2 | 3) =>
      scene
        .incidents()
        .move(incident.id, { kind: 'set_severity', severity, reason: 'it was reckoned' }, 'ada');
    const drafted = async () => {
      await scene.lookAtReviews();
      const read = await scene.reviews().read(incident.id);
      return [read?.postmortem.template, read?.version.nth, /## Detection/.test(read?.text ?? '')];
    };
    await setSeverity(3);
    assert.deepEqual(await drafted(), ['short', 1, false]);
    await setSeverity(2);
    assert.deepEqual(await drafted(), ['full', 2, true]);
    await setSeverity(3);
    assert.deepEqual(await drafted(), ['full', 2, true], 'what was said more stays');

    const other = await mitigated(t);
    const { scene: written } = other;
    const small = { kind: 'set_severity', severity: 3, reason: 'small' } as const;
    await written.incidents().move(other.incident.id, small, 'ada');
    await written.lookAtReviews();
    const edit = { kind: 'edit', markdown: '# Mine\n', note: '', basedOn: 1 } as const;
    await written.reviews().move(other.incident.id, edit, 'ada');
    const severe = { ...small, severity: 1, reason: 'more than was known' } as const;
    await written.incidents().move(other.incident.id, severe, 'ada');
    await written.lookAtReviews();
    assert.equal((await written.reviews().read(other.incident.id))?.version.markdown, '# Mine\n');
    assert.deepEqual(written.errors, []);
  });

  test('says every number with its source, and none that is not a fact', async (t) => {
    const { scene, incident } = await mitigated(t);
    await scene.lookAtReviews();
    const read = await scene.reviews().read(incident.id);
    assert.ok(read !== null);
    for (const fact of read.values.facts.values()) {
      assert.ok(fact.at > 0 && fact.evidence.kind !== 'url' && fact.evidence.id !== '', fact.name);
    }
    // Of all that stands outside of lists, which are rows of the record.
    const prose = read.version.markdown.replaceAll(/\{\{[^}]*\}\}/g, '');
    assert.doesNotMatch(prose, /\d/);
  });

  test('passes from draft to published, is frozen there, and every version is kept', async (t) => {
    const { scene, incident } = await mitigated(t);
    await scene.lookAtReviews();
    const reviews = scene.reviews();
    const move = (request: Parameters<typeof reviews.move>[1]) =>
      reviews.move(incident.id, request, 'ada');
    const severity = { kind: 'set_severity', severity: 3, reason: 'small' } as const;
    await scene.incidents().move(incident.id, severity, 'ada');
    const markdown = '# It failed\n\n{{fact:impact.failed}} failed first attempts.\n';
    assert.match(await rejected(move({ kind: 'publish' })), /in review/);
    const edited = await move({ kind: 'edit', markdown, note: 'short', basedOn: 1 });
    assert.equal(edited.version.nth, 2);
    assert.match(
      await rejected(move({ kind: 'edit', markdown, note: '', basedOn: 1 })),
      /Version 2 is there by now/,
    );
    await move({ kind: 'submit' });
    const commented = await move({ kind: 'comment', quote: '144 failed', comment: 'Since when?' });
    assert.equal(commented.postmortem.comments[0]?.version, 2);
    assert.match(
      await rejected(move({ kind: 'comment', quote: '145 failed', comment: 'x' })),
      /do not stand/,
    );
    assert.match(await rejected(move({ kind: 'publish' })), /comments are open: 1/);
    await move({ kind: 'resolve', nth: 1 });
    const published = await move({ kind: 'publish' });
    assert.deepEqual(
      [published.postmortem.state, published.postmortem.publishedVersion],
      ['published', 3],
    );
    assert.ok(scene.only().reviewMarkers.postmortem !== undefined);
    const { impact } = scene.only();
    assert.ok(impact !== null);
    const refresh = { kind: 'refresh', impact: { ...impact, failed: 999 }, severity: 3 } as const;
    await scene.incidents().move(incident.id, refresh, 'holdfast');
    assert.match((await reviews.read(incident.id))?.text ?? '', /144 failed/);
    assert.match(
      await rejected(move({ kind: 'edit', markdown, note: '', basedOn: 3 })),
      /published/,
    );
    await move({ kind: 'return', reason: 'more is known' });
    assert.match((await reviews.read(incident.id))?.text ?? '', /999 failed/);
    assert.match((await reviews.read(incident.id, 3))?.text ?? '', /144 failed/);
    assert.match((await reviews.read(incident.id, 1))?.version.markdown ?? '', /list:timeline/);
  });

  test('refuses a text that is too deep or too long, and names references that stand for nothing', async (t) => {
    const { scene, incident } = await mitigated(t);
    await scene.lookAtReviews();
    const edit = (markdown: string) =>
      scene
        .reviews()
        .move(incident.id, { kind: 'edit', markdown, note: '', basedOn: undefined }, 'ada');
    assert.match(await rejected(edit(`${'> '.repeat(5000)}deep`)), /Nested deeper/);
    assert.match(await rejected(edit('a'.repeat(100_001))), /at most 100000/);
    const read = await edit('# Summary\n\n{{fact:impact.guess}} {{list:nothing}}\n');
    assert.deepEqual(
      read.missing.filter((each) => each.startsWith('no such')),
      ['no such reference: list:nothing', 'no such reference: fact:impact.guess'],
    );
  });
});

describe('closing an incident of severity 1 or 2', () => {
  test('is refused with each thing that is missing, until all is there', async (t) => {
    const { scene, incident } = await mitigated(t);
    await scene.lookAtReviews();
    const incidents = scene.incidents();
    const severity = { kind: 'set_severity', severity: 2, reason: 'all of them' } as const;
    await incidents.move(incident.id, severity, 'ada');
    await fixed({ scene, incident });
    const close = () => incidents.move(incident.id, { kind: 'close' }, 'ada');
    const missing = await rejected(close());
    for (const words of [
      /is not published, it is draft/,
      /section is missing or empty: detection|where luck helped|the fix/,
      /action items/,
      /no action item of type prevent/,
    ]) {
      assert.match(missing, words);
    }
    const reviews = scene.reviews();
    const read = await reviews.read(incident.id);
    assert.ok(read !== null);
    const sections = [
      '## Summary',
      '## Impact',
      '## Detection',
      '## Timeline',
      '## Contributing factors',
      '## Mitigation',
      '## Fix',
      '## Prevention',
      '## What went well',
      '## What went wrong',
      '## Where luck helped',
      '## Action items',
      '## Messages sent',
    ];
    const edit = (markdown: string) =>
      reviews.move(incident.id, { kind: 'edit', markdown, note: '', basedOn: undefined }, 'ada');
    const blaming = sections.map((title) => `${title}\n\nThe operator forgot the timeout.`);
    const blamed = await edit(blaming.join('\n\n'));
    assert.match(blamed.missing.join('; '), /blocking language in line 3: .*forgot/);
    const whole = await edit(
      sections.map((title) => `${title}\n\nThe form takes any timeout.`).join('\n\n'),
    );
    assert.deepEqual(whole.missing, [
      'no action item of type prevent is verified, or has a date and an owner',
    ]);
    const { id } = await reviews.addItem(incident.id, anItem, 'ada');
    assert.equal((await reviews.read(incident.id))?.missing.length, 1);
    const fields = { dueAt: scene.now() + DAY_MS };
    await reviews.moveItem(id, { kind: 'change', fields }, 'ada');
    assert.deepEqual((await reviews.read(incident.id))?.missing, []);
    assert.match(await rejected(close()), /not published, it is draft/);
    await reviews.move(incident.id, { kind: 'submit' }, 'ada');
    await reviews.move(incident.id, { kind: 'publish' }, 'ada');
    // Who gives the item up has to prevent it otherwise.
    await reviews.moveItem(id, { kind: 'not_doing', reason: 'no' }, 'ada');
    assert.match(await rejected(close()), /no action item of type prevent/);
    await reviews.moveItem(id, { kind: 'reopen' }, 'ada');
    assert.equal((await close()).state, 'closed');
  });

  test('asks nothing of severities 3 and 4', async (t) => {
    const { scene, incident } = await mitigated(t);
    const severity = { kind: 'set_severity', severity: 3, reason: 'small' } as const;
    await scene.incidents().move(incident.id, severity, 'ada');
    await fixed({ scene, incident });
    const closed = await scene.incidents().move(incident.id, { kind: 'close' }, 'ada');
    assert.equal(closed.state, 'closed');
  });
});

describe('verifying an action item', () => {
  test('replays a detector over the recorded minutes: when it would have fired, and how much sooner', async (t) => {
    const { scene, incident } = await mitigated(t);
    const { impactStart, detected } = incident.episodes[0]?.markers ?? {};
    assert.ok(impactStart !== undefined && detected !== undefined);
    const reviews = scene.reviews();
    const add = (proposed: object) =>
      reviews.addItem(
        incident.id,
        {
          ...anItem,
          verification: { kind: 'detector', indicator: 'first_attempt', proposed } as never,
        },
        'ada',
      );
    const outage = await add({ detector: 'outage', share: 0.5, endpoints: 1 });
    const held = await reviews.verify(outage.id, 'ada');
    const last = held.results.at(-1);
    // The watch sees bins of ten seconds; a replay has minutes, so it is up to a minute later.
    const minute = new Date(impactStart.at + MINUTE_MS).toISOString().slice(11, 16);
    assert.match(last?.text ?? '', new RegExp(`would have fired at ${minute} UTC`));
    assert.equal(last?.isHeld, true);
    const dull = await add({ detector: 'outage', share: 0.99, endpoints: 50 });
    const never = (await reviews.verify(dull.id, 'ada')).results.at(-1);
    assert.deepEqual([never?.isHeld, never?.text.includes('would not have fired')], [false, true]);
    // What compares with the past says so where there is none.
    const step = await add({ detector: 'small_step', share: 0.003, falseAlarmsPerYear: 1 });
    const untold = (await reviews.verify(step.id, 'ada')).results.at(-1);
    assert.equal(untold?.isHeld, false);
    assert.match(untold.text, /^It cannot be told: small_step .* needs 7 days of it; before the/);
  });

  test('marks the incident once every preventing item has held, and never by a person here', async (t) => {
    const drills = new Map([
      ['passes', true],
      ['fails', false],
    ]);
    const runDrill = (name: string) => {
      const isHeld = drills.get(name);
      return Promise.resolve(isHeld === undefined ? null : { isHeld, text: `${name}.` });
    };
    const { scene, incident } = await mitigated(t, { runDrill });
    const reviews = scene.reviews();
    const add = (name: string) =>
      reviews.addItem(
        incident.id,
        { ...anItem, dueAt: scene.now() + DAY_MS, verification: { kind: 'drill', name } },
        'ada',
      );
    const one = await add('passes');
    const other = await add('fails');
    assert.ok(scene.only().reviewMarkers.actionsAssigned !== undefined);
    await reviews.verify(one.id, 'ada');
    await reviews.verify(other.id, 'ada');
    assert.equal(scene.only().reviewMarkers.preventionVerified, undefined);
    assert.match(await rejected(reviews.tell(other.id, true, 'It holds.', 'ada')), /runs here/);
    drills.set('fails', true);
    await reviews.verify(other.id, 'ada');
    const marker = scene.only().reviewMarkers.preventionVerified;
    assert.deepEqual([marker?.source, marker?.by], ['verification', 'holdfast']);
    const unknown = await add('nowhere');
    const result = (await reviews.verify(unknown.id, 'ada')).results.at(-1);
    assert.deepEqual([result?.isHeld, result?.text], [false, 'There is no drill "nowhere".']);
  });

  test('never runs a command: its result is told by whoever ran it', async (t) => {
    const { scene, incident } = await mitigated(t);
    const reviews = scene.reviews();
    const verification = { kind: 'command', command: ['touch', '/tmp/never'] } as const;
    const { id } = await reviews.addItem(incident.id, { ...anItem, verification }, 'ada');
    assert.match(await rejected(reviews.verify(id, 'ada')), /on your machine alone/);
    const told = await reviews.tell(id, false, 'It ended with 1.', 'ada');
    assert.deepEqual(told.results.at(-1)?.by, 'ada');
  });
});

describe('what the review watch does', () => {
  test('reminds the owner, a day later the lead, and also long after the incident was closed', async (t) => {
    const { scene, incident } = await mitigated(t);
    const incidents = scene.incidents();
    await incidents.move(incident.id, { kind: 'assign', role: 'lead', who: 'ada' }, 'ada');
    const severity = { kind: 'set_severity', severity: 4, reason: 'small' } as const;
    await incidents.move(incident.id, severity, 'ada');
    await fixed({ scene, incident });
    await incidents.move(incident.id, { kind: 'close' }, 'ada');
    const dueAt = scene.now() + MINUTE_MS;
    const { id } = await scene.reviews().addItem(incident.id, { ...anItem, dueAt }, 'ada');
    const after = async (ms: number): Promise<readonly string[]> => {
      await scene.look(ms);
      await scene.lookAtReviews();
      return scene.reminded.map(({ owner }) => owner);
    };
    assert.deepEqual(await after(0), []);
    assert.deepEqual(await after(2 * MINUTE_MS), ['billing']);
    assert.match(scene.reminded[0]?.title ?? '', /^Overdue: Refuse what/);
    assert.deepEqual(await after(DAY_MS / 2), ['billing']);
    await scene.restart();
    assert.deepEqual(await after(DAY_MS / 4), ['billing']);
    assert.deepEqual(await after(DAY_MS / 2), ['billing', 'ada']);
    assert.deepEqual(await after(60 * DAY_MS), ['billing', 'ada', 'billing']);
    await scene.reviews().moveItem(id, { kind: 'not_doing', reason: 'it ended' }, 'ada');
    assert.deepEqual(await after(5 * DAY_MS), ['billing', 'ada', 'billing']);
  });

  test('names the earlier incident with the same explanation, and what was left of it, once', async (t) => {
    const scene = await openReviewScene(t, { endpoints: 4 });
    const [broken] = scene.endpoints;
    assert.ok(broken !== undefined);
    await scene.spend(10 * MINUTE_MS, () => scene.sendAll({ good: 2 }));
    await scene.spend(2 * MINUTE_MS, async () => {
      await scene.sendAll({ good: 2 });
      await scene.send(broken.id, { bad: 20 });
    });
    const first = scene.only();
    const over = {
      kind: 'mark',
      marker: 'mitigated',
      at: scene.now(),
      source: 'person',
      note: 'seen',
      evidence: [],
    } as const;
    await scene.incidents().move(first.id, over, 'ada');
    await scene.lookAtReviews();
    const isNamed = async (incident: Incident) =>
      (await scene.timeline(incident)).filter(({ text }) =>
        text.startsWith('The same explanation'),
      );
    assert.deepEqual(await isNamed(first), []);
    await scene.reviews().addItem(first.id, { ...anItem, text: 'Watch its timeout' }, 'ada');
    const severity = { kind: 'set_severity', severity: 4, reason: 'small' } as const;
    await scene.incidents().move(first.id, severity, 'ada');
    await fixed({ scene, incident: first });
    await scene.incidents().move(first.id, { kind: 'close' }, 'ada');
    const [attached] = first.episodes[0]?.alerts ?? [];
    assert.ok(attached !== undefined && attached.explanation !== null);
    const now = scene.now();
    const second = await scene.incidents().open(
      {
        title: 'It fails again',
        summary: '',
        severity: 3,
        isSeverityByHand: false,
        owner: 'billing',
        consumers: [],
        slice: first.slice,
        detectedBy: 'system',
        isDrill: false,
        isRetrospective: false,
        impactStartAt: now,
        detectedAt: now,
        source: 'alert',
        alerts: [{ ...attached, count: attached.count + 1 }],
        updateDueAt: null,
      },
      'holdfast',
    );
    assert.notEqual(second.id, first.id);
    await scene.lookAtReviews();
    await scene.restart();
    await scene.lookAtReviews();
    const rows = await isNamed(second);
    assert.equal(rows.length, 1, JSON.stringify(rows));
    assert.match(rows[0]?.text ?? '', /Unfinished of it: "Watch its timeout" \(billing, no date\)/);
    assert.deepEqual(rows[0]?.evidence, [
      { kind: 'incident', id: scene.idText.format('incident', first.id) },
    ]);
  });
});
